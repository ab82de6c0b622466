"""Screening (自动比对): names and identifiers against lists, on files and without Django."""
