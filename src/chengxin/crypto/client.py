"""Speak to the key service over its socket; one connection per thread, made when first needed."""

from __future__ import annotations

import hashlib
import os
import select
import socket
import struct
import tempfile
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from chengxin.crypto.contracts import KeyServiceAway, KeyServiceRefuses, NewKey, SealingKey
from chengxin.crypto.messages import MOST_BYTES, Keys, New, Refused, Reply, Request, Sealing, frame, read_reply

PATIENCE: Final = 15.0
LONGEST_PATH: Final = 90
LATER: Final = frozenset({"BUSY", "DATABASE"})
# Small enough that whoever opens a value beside a large batch waits milliseconds.
KEYS_AT_ONCE: Final = 1_000


def socket_path() -> Path:
    """Return where the key service listens: `CHENGXIN_KEY_SOCKET`, or in the installation's folder."""
    named, var, home = (os.environ.get(f"CHENGXIN_{name}", "") for name in ("KEY_SOCKET", "VAR", "HOME"))
    return _socket_path(named, var, home)


@lru_cache(maxsize=16)
def _socket_path(named: str, var: str, home: str) -> Path:
    if named:
        return Path(named)
    inside = Path(var or Path(home or Path.cwd()) / "var").absolute() / "keys.sock"
    if len(str(inside).encode()) <= LONGEST_PATH:
        return inside
    digest = hashlib.sha256(str(inside).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"chengxin-keys-{os.geteuid()}-{digest}" / "keys.sock"


class _Line:
    """A connection and the address it leads to; it is closed with the thread that holds it."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.stream: socket.socket | None = None

    def __del__(self) -> None:
        self.drop()

    def drop(self) -> None:
        """Close the connection, if there is one."""
        if self.stream is not None:
            self.stream.close()
            self.stream = None


class _Held(threading.local):
    """What each thread holds."""

    def __init__(self) -> None:
        self.line = _Line()


_held = _Held()


def stand_by() -> None:
    """Raise `KeyServiceAway` unless the service can be asked just now."""
    _stream()


def service_pid() -> int:
    """Return the process that answers, 0 where the system does not say; raise `KeyServiceAway` when none does."""
    return peer_pid(_stream())


def peer_pid(stream: socket.socket) -> int:
    """Return the process at the other end of a Unix socket, 0 where the system does not say."""
    if not hasattr(socket, "SO_PEERCRED"):
        return 0
    pid, _uid, _gid = struct.unpack("3i", stream.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    return int(pid)


def ask(request: Request) -> Reply:
    """Send a request and return the answer; raise `KeyServiceAway` or, when it says no, `KeyServiceRefuses`."""
    (reply,) = ask_all([request])
    if isinstance(reply, Exception):
        raise reply
    return reply


def ask_all(requests: Sequence[Request]) -> list[Reply | KeyServiceRefuses | KeyServiceAway]:
    """Send requests in one journey and return the answer to each, or why there is none; `KeyServiceAway` for all."""
    try:
        stream = _stream()
        stream.sendall(b"".join(frame(request) for request in requests))
        replies = [read_reply(_receive(stream, _length(_receive(stream, 4)))) for _ in requests]
    except (OSError, EOFError, msgspec.MsgspecError) as error:
        _held.line.drop()
        raise KeyServiceAway("The key service did not answer.") from error
    return [_answer(reply) for reply in replies]


def _answer(reply: Reply) -> Reply | KeyServiceRefuses | KeyServiceAway:
    if not isinstance(reply, Refused):
        return reply
    if reply.reason in LATER:
        return KeyServiceAway(f"The key service does not answer just now: {reply.reason}.")
    return KeyServiceRefuses(reply.reason)


def new_keys(owners: Sequence[bytes]) -> list[NewKey]:
    """Return a new data key for each owner, given as the 16 bytes of its id."""
    made: list[NewKey] = []
    for part in _parts(owners):
        keys = _keys(New(list(part)))
        made += [NewKey(wrapped=one, sealing=key) for one, key in zip(keys.wrapped, keys.sealing, strict=True)]
    return made


def sealing_keys(wrapped: Sequence[bytes], *, owners: Sequence[bytes]) -> list[SealingKey]:
    """Return for each wrapped key one that seals new values and opens none that exist."""
    keys: list[SealingKey] = []
    for part, ids in zip(_parts(wrapped), _parts(owners), strict=True):
        keys += _keys(Sealing(list(ids), list(part))).sealing
    return keys


def _keys(request: New | Sealing) -> Keys:
    reply = ask(request)
    if not isinstance(reply, Keys):
        raise KeyServiceAway("The key service answered something else.")
    return reply


def _parts(values: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (values[start : start + KEYS_AT_ONCE] for start in range(0, len(values), KEYS_AT_ONCE))


def _stream() -> socket.socket:
    path, line = socket_path(), _held.line
    if line.stream is not None and (line.path != path or _is_over(line.stream)):
        line.drop()
    if line.stream is None:
        stream = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            stream.settimeout(PATIENCE)
            stream.connect(str(path))
        except OSError as error:
            stream.close()
            raise KeyServiceAway(f"Nobody answers at {path}.") from error
        line.path, line.stream = path, stream
    return line.stream


def _is_over(stream: socket.socket) -> bool:
    """Tell whether the other side has gone: a stream nobody was asked over has nothing to read but its end."""
    poll = select.poll()
    poll.register(stream, select.POLLIN)
    return bool(poll.poll(0))


def _length(header: bytes) -> int:
    length = int.from_bytes(header, "big")
    if length > MOST_BYTES:
        raise EOFError
    return length


def _receive(stream: socket.socket, length: int) -> bytes:
    chunks = bytearray(length)
    view, got = memoryview(chunks), 0
    while got < length:
        count = stream.recv_into(view[got:])
        if not count:
            raise EOFError
        got += count
    return bytes(chunks)
