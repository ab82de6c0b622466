"""What is decided about accounts by two people, and how their holders contest it."""
