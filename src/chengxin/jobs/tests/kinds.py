"""Kinds of delivery that go wrong, and one that remembers."""

from __future__ import annotations

from chengxin.jobs.contracts import Delivered, Failed, Message

SEEN: list[str] = []


def remembers(message: Message) -> Delivered:
    SEEN.append(str(message.id))
    return Delivered()


def is_away(message: Message) -> Failed:
    SEEN.append(str(message.id))
    return Failed(code="AWAY")


def is_broken(message: Message) -> Delivered:
    raise ZeroDivisionError(message.id)


def dies(message: Message) -> Delivered:
    """Stand for a process that is killed after the message left and before that was written down."""
    SEEN.append(str(message.id))
    raise SystemExit(9)
