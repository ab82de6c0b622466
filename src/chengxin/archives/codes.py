"""Verification codes (查询码): random, readable over the telephone, 80 bits."""

from __future__ import annotations

import re
import secrets
from typing import Final

# 32 signs without those that are mistaken for others, so that five bits make one sign.
_SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH: Final = 16
_CLEAN = re.compile(r"[\s-]+")


def new_code() -> str:
    """Return a new code in four groups of four."""
    raw = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    return "-".join(raw[place : place + 4] for place in range(0, _LENGTH, 4))


def read_code(text: str) -> str:
    """Return a code as it is kept, from what somebody typed; what cannot be one is empty."""
    raw = _CLEAN.sub("", text).upper()
    if len(raw) != _LENGTH or not set(raw) <= set(_SIGNS):
        return ""
    return "-".join(raw[place : place + 4] for place in range(0, _LENGTH, 4))
