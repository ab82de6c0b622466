"""What whoever comes without an account holds and hands in: a code that is shown once, words that are sealed."""

from __future__ import annotations

import secrets
from typing import Final

import orjson

from chengxin.audit.facade import unlock
from chengxin.crypto import facade as crypto
from chengxin.files import facade as files
from chengxin.kernel.codes import SIGNS, random_signs

_CODE_LENGTH: Final = 16
TIP: Final = "complaints_tip.tag"
CALLER: Final = "complaints_tip.caller_tag"


def new_code() -> str:
    """Return a code (查询码) that is shown once; its keyed hash alone is kept."""
    return random_signs(_CODE_LENGTH)


def tag_of(code: str, *, column: str = TIP) -> bytes:
    """Return the keyed hash by which a code is known in a column; spaces, dashes and case do not matter."""
    return crypto.blind(column, "".join(character for character in code.upper() if character in SIGNS))


def caller_of(contact: str) -> bytes | None:
    """Return the keyed hash by which the contact of a named reporter is known again; None where there is none."""
    plain = "".join(character for character in contact.lower() if character.isalnum())
    return crypto.blind(CALLER, plain) if plain else None


def shown(code: str) -> str:
    """Return a code in groups of four, as it is copied by hand."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def seal(said: dict[str, str]) -> str:
    """Keep words as a sealed file; the salt keeps two files with the same words apart, so each is destroyed alone."""
    content = orjson.dumps({**said, "salt": secrets.token_hex(16)})
    with files.landed([content]) as path:
        return files.keep(path)


def opened(digest: str) -> bytes:
    """Open a sealed file for whoever acts; the key service wants the event first."""
    with files.opened(digest, unlock=unlock) as path:
        return path.read_bytes()
