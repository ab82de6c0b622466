"""Template tags and filters of the platform, loaded for every template."""
