"""Who looked at me (谁看过我): every look with its proof, the challenge to one, and what may be withheld for a time."""
