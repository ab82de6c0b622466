"""The writers of this process: what each has committed, chained outside the database, and signed every few seconds.

Whoever may change the database can delete an entry before it is in a tree, and its place in the queue with it. The
counter and the running hash of its writer are in this process; the next heartbeat signs them, with a key that is
outside the database, and no longer fits what is left.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import connection

from chengxin.audit.contracts import Receipt, Tree
from chengxin.audit.log.entries import HEARTBEAT, START, Entry, heartbeat_message, receipt_message, run_on
from chengxin.crypto.facade import hash_name, hash_named, signer
from chengxin.database.facade import ask
from chengxin.kernel.clock import now as present
from chengxin.kernel.ids import new_id

BEAT_SECONDS: Final = 5.0
_PUT = """
    insert into audit_queue (queued_at, event_id, tree, writer_id, counter, at, kind, digest, signature)
    values (clock_timestamp(), %s::uuid, %s, %s::uuid, %s, %s::timestamptz, %s, %s::bytea, %s::bytea)
"""
_log = logging.getLogger("chengxin.audit")


@dataclass(eq=False)
class Writer:
    """One database session of this process: its id, and the chain over what it has committed."""

    id: UUID = field(default_factory=uuid4)
    counter: int = 0
    running: bytes = START
    signed: int = 0


_writers: WeakKeyDictionary[object, Writer] = WeakKeyDictionary()
_unsigned: dict[UUID, Writer] = {}
_lock = threading.Lock()
_collected: ContextVar[list[Receipt] | None] = ContextVar("collected_receipts", default=None)
_thread: tuple[int, threading.Thread] | None = None
_is_over = threading.Event()


def writer(session: object) -> Writer:
    """Return the writer of a database session; a new session is a new writer, so no two share a counter."""
    if session not in _writers:
        _writers[session] = Writer()
    return _writers[session]


def committed(writer: Writer, receipts: Sequence[Receipt]) -> None:
    """Chain and collect what a transaction of a writer has just committed."""
    chain(writer, receipts)
    collect(receipts)


def chain(writer: Writer, receipts: Sequence[Receipt]) -> None:
    """Chain what a writer has just committed; the next heartbeat signs it."""
    new = hash_named(hash_name())
    with _lock:
        for receipt in receipts:
            if receipt.counter != writer.counter + 1:
                _log.critical("Writer %s: event %s follows %s.", writer.id, receipt.counter, writer.counter)
            writer.counter, writer.running = receipt.counter, run_on(writer.running, receipt.leaf, new)
        _unsigned[writer.id] = writer
    if settings.LOG_HEARTBEATS:
        _keep_beating()


def collect(receipts: Sequence[Receipt]) -> None:
    """Give whoever collects them the receipts of what this thread caused."""
    if (collected := _collected.get()) is not None:
        collected.extend(receipts)


@contextmanager
def collecting() -> Iterator[list[Receipt]]:
    """Collect the receipts of what is committed while the block runs."""
    receipts: list[Receipt] = []
    token = _collected.set(receipts)
    try:
        yield receipts
    finally:
        _collected.reset(token)


def beat(*, now: datetime) -> int:
    """Sign how far each writer of this process is and put it into the queue; return how many had moved."""
    with _lock:
        moved = [(one, one.counter, one.running) for one in _unsigned.values()]
    for one, counter, running in moved:
        entry = Entry(id=new_id(now), writer_id=one.id, counter=counter, at=now, kind=HEARTBEAT, digest=running)
        signature = signer("writer").sign(heartbeat_message(entry))
        ask(_PUT, [entry.id, Tree.RIGHTS, one.id, counter, now, HEARTBEAT, running, signature])
        with _lock:
            one.signed = counter
            if one.counter == counter:
                _unsigned.pop(one.id, None)
    return len(moved)


def sign_receipt(receipt: Receipt) -> bytes:
    """Return the signature that makes a receipt a proof for whoever keeps it."""
    return sign_receipts([receipt])[0]


def sign_receipts(receipts: Sequence[Receipt]) -> list[bytes]:
    """Return the signature of each receipt."""
    key = signer("writer")
    return [
        key.sign(receipt_message(event_id=one.event_id, writer_id=one.writer_id, counter=one.counter, leaf=one.leaf))
        for one in receipts
    ]


def _keep_beating() -> None:
    """Start the thread that signs, once in each process; a fork has none of its own yet."""
    global _thread  # noqa: PLW0603 - one thread per process
    with _lock:
        if _thread is not None and _thread[0] == os.getpid() and _thread[1].is_alive():
            return
        _is_over.clear()
        _thread = (os.getpid(), threading.Thread(target=_beat_on, name="heartbeat", daemon=True))
    atexit.register(_last_beat)
    _thread[1].start()


def _beat_on() -> None:
    """Sign every few seconds, and a last time when the process ends."""
    while True:
        is_over = _is_over.wait(BEAT_SECONDS)
        try:
            beat(now=present())
        except Exception as error:  # noqa: BLE001 - the next beat signs what this one could not
            _log.warning("A heartbeat could not be written (%s).", type(error).__name__)
            connection.close()
        if is_over:
            connection.close()
            return


def _last_beat() -> None:
    """Have the thread sign what is not signed yet, and wait for it a moment."""
    _is_over.set()
    if _thread is not None and _thread[0] == os.getpid():
        _thread[1].join(BEAT_SECONDS)
