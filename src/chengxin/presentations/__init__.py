"""本人出示: a person shows chosen claims of their own to somebody, live, for a time, and takes it back at once."""
