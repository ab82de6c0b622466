"""Ask the key service to open what durable events cover: no event → no key → no value."""

from __future__ import annotations

from collections.abc import Sequence

from chengxin.audit.contracts import Sealed
from chengxin.audit.together import Together
from chengxin.crypto import facade as crypto
from chengxin.crypto.contracts import Covered, KeyServiceRefuses, Open, Opened, Reply, Request, Value


class Uncovered(PermissionError):
    """A ciphertext was handed in that no event covers."""


def value_of(sealed: Sealed) -> Value:
    """Return a sealed value as it goes to the key service, and into the event's commitment."""
    return Value(sealed.subject_id.bytes, sealed.wrapped_key, sealed.aad.encoded(), sealed.ciphertext)


def open_covered(covered: Sequence[Covered]) -> list[list[bytes]]:
    """Return the values of each event in their order; an erased subject's are empty."""
    try:
        reply = _together(Open(list(covered)))
    except KeyServiceRefuses as refused:
        raise Uncovered(f"The key service refused: {refused.reason}.") from refused
    if not isinstance(reply, Opened):
        raise Uncovered("The key service answered something else.")
    return reply.values


# What several threads want opened at the same moment goes in one journey; each is answered or refused by itself.
_together: Together[Request, Reply] = Together(crypto.ask_all, most=64)
