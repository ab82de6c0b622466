"""What every package speaks: actors, moments, refusals, identifiers, folded text. No Django, no database."""
