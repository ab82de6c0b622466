"""Tests of courier companies."""
