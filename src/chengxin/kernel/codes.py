"""Codes people read aloud and type (查询码、授权码、凭证码): random, 80 bits."""

from __future__ import annotations

import re
import secrets
from typing import Final

# 32 signs without those that are mistaken for others, so that five bits make one sign.
_SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH: Final = 16
_CLEAN: Final = re.compile(r"[\s-]+")


def new_code() -> str:
    """Return a new code in four groups of four."""
    return _grouped("".join(secrets.choice(_SIGNS) for _ in range(_LENGTH)))


def read_code(text: str) -> str:
    """Return a code as it is kept, from what somebody typed; what cannot be one is empty."""
    raw = _CLEAN.sub("", text).upper()
    return _grouped(raw) if len(raw) == _LENGTH and set(raw) <= set(_SIGNS) else ""


def _grouped(raw: str) -> str:
    return "-".join(raw[place : place + 4] for place in range(0, _LENGTH, 4))
