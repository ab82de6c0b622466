"""Kinds of arguments: what a word on the command line must be, and what to write instead; exit status 2 otherwise."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Final

_LAST_PORT: Final = 65_535


def day(word: str) -> date:
    """Return the day a word names."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is no day; write it like 2026-11-30") from None


def given_file(word: str) -> Path:
    """Return the path of a file that is there."""
    path = Path(word)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {word!r}; check the path")
    return path


def given_folder(word: str) -> Path:
    """Return the path of a folder that is there."""
    path = Path(word)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {word!r}; check the path")
    return path


def port(word: str) -> int:
    """Return a number of a port of this machine; 0 where the command gives it a meaning."""
    if not (word.isascii() and word.isdigit() and int(word) <= _LAST_PORT):
        raise argparse.ArgumentTypeError(f"{word!r} is no port; write a number up to {_LAST_PORT}")
    return int(word)
