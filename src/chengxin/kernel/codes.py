"""Codes and numbers people read aloud and type: codes that open something are random, 80 bits."""

from __future__ import annotations

import re
import secrets
from datetime import date
from typing import Final

# 32 signs without those that are mistaken for others, so that five bits make one sign.
SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH: Final = 16
_CLEAN: Final = re.compile(r"[\s-]+")


def random_signs(count: int) -> str:
    """Return so many signs by chance."""
    return "".join(secrets.choice(SIGNS) for _ in range(count))


def new_number(prefix: str, *, day: date) -> str:
    """Return a number for people (编号): chance instead of a sequence that all would queue for."""
    return f"{prefix}{day:%Y%m%d}-{random_signs(6)}"


def new_code() -> str:
    """Return a new code in four groups of four."""
    return _grouped(random_signs(_LENGTH))


def read_code(text: str) -> str:
    """Return a code as it is kept, from what somebody typed; what cannot be one is empty."""
    raw = _CLEAN.sub("", text).upper()
    return _grouped(raw) if len(raw) == _LENGTH and set(raw) <= set(SIGNS) else ""


def _grouped(raw: str) -> str:
    return "-".join(raw[place : place + 4] for place in range(0, _LENGTH, 4))
