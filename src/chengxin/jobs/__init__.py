"""The outbox and the worker: what leaves the platform after commit, and what it does at its own hours."""
