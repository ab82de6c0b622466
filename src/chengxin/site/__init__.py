"""Settings, urls and wiring of the one Django project."""
