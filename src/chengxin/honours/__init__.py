"""Honours for honesty: nominated, agreed to, looked at by everybody, awarded and taken back by a named officer."""
