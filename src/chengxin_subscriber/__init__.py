"""A program of a recipient: it reads, hears of changes, carries them out and answers; standard library only."""
