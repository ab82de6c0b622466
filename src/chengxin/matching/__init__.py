"""Who is on which list (自动比对): an officer or a program asks for a matter, and a person decides."""
