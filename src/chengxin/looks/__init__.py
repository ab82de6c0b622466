"""Who looked at me (谁看过我): every look with its proof, and the challenge to one."""
