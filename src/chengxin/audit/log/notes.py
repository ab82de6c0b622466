"""Signed notes and checkpoints as C2SP writes them (signed-note, tlog-checkpoint): text a person can read.

chengxin.example/rights          origin, with the tree
4096                             size
rzgM…=                           root
hash sha256                      the one hash of this tree
time 2026-11-25T02:03:04.567Z    when it was signed

— chengxin.example/rights 2fY…=
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from datetime import UTC, datetime
from typing import Final

from chengxin.crypto.contracts import SignatureAlgorithm, Signer

_ALGORITHM_BYTE: Final = {SignatureAlgorithm.ED25519: b"\x01"}


def checkpoint_text(*, origin: str, size: int, root: bytes, hash_name: str, at: datetime) -> str:
    """Return the text of a checkpoint (检查点) before it is signed."""
    moment = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return f"{origin}\n{size}\n{b64encode(root).decode()}\nhash {hash_name}\ntime {moment}\n"


def sign_note(text: str, *, name: str, signer: Signer) -> str:
    """Return a note with its signature."""
    signed = _key_id(name, signer) + signer.sign(text.encode())
    return f"{text}\n— {name} {b64encode(signed).decode()}\n"


def verifier_key(name: str, signer: Signer) -> str:
    """Return the public key as whoever checks notes keeps it: name+id+key."""
    key = _ALGORITHM_BYTE[signer.algorithm] + signer.public_key
    return f"{name}+{_key_id(name, signer).hex()}+{b64encode(key).decode()}"


def _key_id(name: str, signer: Signer) -> bytes:
    key = _ALGORITHM_BYTE[signer.algorithm] + signer.public_key
    return hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
