"""Uploads by digest: written once, sealed on disk, opened for a moment."""
