"""Who may ask what for which purpose, and what a person allowed: purpose rules, grants, consents, authorisations."""
