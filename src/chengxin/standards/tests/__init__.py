"""Tests of indicator standards."""
