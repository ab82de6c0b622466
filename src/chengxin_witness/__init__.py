"""Watch a log from outside: keep what it signed, refuse what does not continue it, and sign what does."""
