"""Who may do what: bodies, accounts, posts, clients, sign-in, and the one decision `decide`."""
