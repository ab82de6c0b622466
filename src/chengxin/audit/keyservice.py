"""Open ciphertexts against events: no event → no key → no value.

In-process for now. The signature is that of the separate process it becomes: ciphertexts in, the events that cover
them in, values out; it refuses what no event covers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from chengxin.audit.contracts import Receipt, Sealed
from chengxin.crypto import facade as crypto


class Uncovered(PermissionError):
    """A ciphertext was handed in that no event covers."""


def open_all(sealed: Sequence[Sealed], events: Mapping[UUID, Receipt]) -> list[bytes]:
    """Return the values in order; an erased subject's value is empty."""
    if uncovered := {value.subject_id for value in sealed} - events.keys():
        raise Uncovered(f"{len(uncovered)} subjects are not covered by an event of this transaction.")
    keys = {
        subject_id: crypto.unwrap(wrapped, subject_id=subject_id) if wrapped else None
        for subject_id, wrapped in {value.subject_id: value.wrapped_key for value in sealed}.items()
    }
    return [
        crypto.open_sealed(key, value.ciphertext, aad=value.aad) if (key := keys[value.subject_id]) else b""
        for value in sealed
    ]
