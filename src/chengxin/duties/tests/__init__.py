"""Tests of what platforms owe."""
