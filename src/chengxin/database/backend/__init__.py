"""Django's PostgreSQL backend with two shorter ways to the server."""
