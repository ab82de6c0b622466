"""The key service's socket: frames in, frames out, one thread; what comes together is answered together."""

from __future__ import annotations

import errno
import fcntl
import os
import selectors
import socket
from pathlib import Path
from typing import Final

import msgspec

from chengxin.audit.keydesk import KeyDesk, Write
from chengxin.crypto.contracts import MOST_BYTES, Request, frame, read_request
from chengxin.crypto.facade import peer_pid

_READ: Final = 1 << 18


class AlreadyRunning(RuntimeError):
    """Another key service holds the socket."""


class _Peer:
    """One connection: what came and is not yet read, what is to go, and the process at the other end."""

    def __init__(self, stream: socket.socket) -> None:
        self.stream = stream
        self.came = bytearray()
        self.goes = bytearray()
        self.pid = peer_pid(stream)

    def take(self) -> list[bytes]:
        """Return the whole frames that came; raises EOFError for one too long."""
        frames = []
        while len(self.came) >= 4:
            length = int.from_bytes(self.came[:4], "big")
            if length > MOST_BYTES:
                raise EOFError
            if len(self.came) < 4 + length:
                break
            frames.append(bytes(self.came[4 : 4 + length]))
            del self.came[: 4 + length]
        return frames


class KeyServer:
    """Listen on a Unix socket until stopped; one server per socket."""

    def __init__(self, path: Path, conninfo: str, *, per_second: float, write: Write, mode: int = 0o600) -> None:
        self._path, self._write, self._mode = path, write, mode
        self._conninfo, self._per_second = conninfo, per_second
        self._selector = selectors.DefaultSelector()

    def run(self) -> None:
        """Serve; raises `AlreadyRunning` when another does."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with Path(f"{self._path}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise AlreadyRunning(str(self._path)) from error
            # No other opens anything from here on: what is written from here on is ours.
            self._desk = KeyDesk(self._conninfo, per_second=self._per_second, write=self._write)
            with self._listening() as listener:
                self._selector.register(listener, selectors.EVENT_READ)
                self._write(f"listening pid={os.getpid()}")
                while True:
                    self._turn(listener)

    def _listening(self) -> socket.socket:
        self._path.unlink(missing_ok=True)  # Left by one that was killed; the lock says that nobody listens there.
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            listener.bind(str(self._path))
        finally:
            os.umask(before)
        self._path.chmod(self._mode)
        listener.listen(128)
        listener.setblocking(False)
        return listener

    def _turn(self, listener: socket.socket) -> None:
        """Wait for something to happen, then answer everything that came whole."""
        asked: list[tuple[_Peer, Request]] = []
        for key, events in self._selector.select():
            if key.fileobj is listener:
                self._accept(listener)
                continue
            peer: _Peer = key.data
            try:
                if events & selectors.EVENT_WRITE:
                    self._send(peer)
                if events & selectors.EVENT_READ:
                    asked += [(peer, read_request(body)) for body in _received(peer)]
            except (OSError, EOFError, msgspec.MsgspecError) as error:
                self._close(peer, why=type(error).__name__)
                asked = [one for one in asked if one[0] is not peer]
        if not asked:
            return
        replies = self._desk.answer([(request, peer.pid) for peer, request in asked])
        for (peer, _request), reply in zip(asked, replies, strict=True):
            peer.goes += frame(reply)
        for peer in {id(peer): peer for peer, _request in asked}.values():
            try:
                self._send(peer)
            except OSError as error:
                self._close(peer, why=type(error).__name__)

    def _accept(self, listener: socket.socket) -> None:
        try:
            stream, _address = listener.accept()
        except OSError as error:
            if error.errno in {errno.EAGAIN, errno.ECONNABORTED, errno.EMFILE}:
                return
            raise
        stream.setblocking(False)
        self._selector.register(stream, selectors.EVENT_READ, _Peer(stream))

    def _send(self, peer: _Peer) -> None:
        try:
            sent = peer.stream.send(peer.goes)
        except BlockingIOError:
            sent = 0
        del peer.goes[:sent]
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if peer.goes else 0)
        if self._selector.get_key(peer.stream).events != events:
            self._selector.modify(peer.stream, events, peer)

    def _close(self, peer: _Peer, *, why: str) -> None:
        if why != "EOFError" or peer.came:
            self._write(f"closed why={why} pid={peer.pid}")
        self._selector.unregister(peer.stream)
        peer.stream.close()


def _received(peer: _Peer) -> list[bytes]:
    chunk = peer.stream.recv(_READ)
    if not chunk:
        raise EOFError
    peer.came += chunk
    return peer.take()
