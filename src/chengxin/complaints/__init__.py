"""Tips (举报): anonymous or named, sealed, two ways by a code, handled by an office above the one reported."""
