"""What was done and seen: one event in the transaction of the act, and the one door of every personal field."""
