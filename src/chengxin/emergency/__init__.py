"""Access in an emergency: outside every purpose rule, by two named people, for an hour, told to the person."""
