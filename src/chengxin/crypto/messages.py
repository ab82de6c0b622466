"""What is said to the key service and what it answers: a length of 4 bytes, then one of these in msgpack."""

from __future__ import annotations

from typing import Final

import msgspec

MOST_BYTES: Final = 64 << 20


class Value(msgspec.Struct, array_like=True, frozen=True):
    """One sealed value with its place, its owner (16 bytes) and the owner's wrapped key; empty when it is erased."""

    owner: bytes
    wrapped: bytes
    place: bytes
    ciphertext: bytes


class Covered(msgspec.Struct, array_like=True, frozen=True):
    """The values one event tells of."""

    event_id: bytes
    values: list[Value]


class Open(msgspec.Struct, array_like=True, frozen=True, tag="open"):
    """Open the values of each event."""

    events: list[Covered]


class New(msgspec.Struct, array_like=True, frozen=True, tag="new"):
    """Make a data key for each owner."""

    owners: list[bytes]


class Sealing(msgspec.Struct, array_like=True, frozen=True, tag="sealing"):
    """Give a key that seals new values under each wrapped key."""

    owners: list[bytes]
    wrapped: list[bytes]


class Try(msgspec.Struct, array_like=True, frozen=True, tag="try"):
    """Say of each wrapped key whether it opens, after a restore."""

    owners: list[bytes]
    wrapped: list[bytes]


class Count(msgspec.Struct, array_like=True, frozen=True, tag="count"):
    """Say how much was opened and refused since the service started."""


class Opened(msgspec.Struct, array_like=True, frozen=True, tag="opened"):
    """The values of each event, in the order asked."""

    values: list[list[bytes]]


class Keys(msgspec.Struct, array_like=True, frozen=True, tag="keys"):
    """New wrapped keys (none for `Sealing`) and the keys that seal."""

    wrapped: list[bytes]
    sealing: list[bytes]


class Tried(msgspec.Struct, array_like=True, frozen=True, tag="tried"):
    """Whether each wrapped key opens."""

    opens: list[bool]


class Counted(msgspec.Struct, array_like=True, frozen=True, tag="counted"):
    """Events and values opened, and events refused, since the service started."""

    events: int
    values: int
    refused: int


class Refused(msgspec.Struct, array_like=True, frozen=True, tag="refused"):
    """Nothing of the whole request was done, and why in one word."""

    reason: str


Request = Open | New | Sealing | Try | Count
Reply = Opened | Keys | Tried | Counted | Refused
_encoder = msgspec.msgpack.Encoder()
_requests = msgspec.msgpack.Decoder(Request)
_replies = msgspec.msgpack.Decoder(Reply)


def frame(message: Request | Reply) -> bytes:
    """Return a message as it goes over the socket."""
    body = _encoder.encode(message)
    return len(body).to_bytes(4, "big") + body


def read_request(body: bytes) -> Request:
    """Read a request; raises `msgspec.MsgspecError` when it is none."""
    request: Request = _requests.decode(body)
    return request


def read_reply(body: bytes) -> Reply:
    """Read a reply; raises `msgspec.MsgspecError` when it is none."""
    reply: Reply = _replies.decode(body)
    return reply
