"""Messages put as a department would, and the worker's own login."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime

import pytest
from django.db import DEFAULT_DB_ALIAS, connections

from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.jobs import facade as jobs
from chengxin.jobs.contracts import Draft
from chengxin.kernel.actor import Actor, Role

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
OFFICER = Actor(key="account:officer", roles=frozenset({Role.APPROVER}), body="YTSJ")
SHOP = Actor(key="client:0190-shop", roles=frozenset({Role.CLIENT}), body="SHOP")
STRANGER = Actor(key="client:0190-other", roles=frozenset({Role.CLIENT}), body="OTHER")


def draft(key: str = "r1:mark:1", **values: object) -> Draft:
    told = {"topic": "record.withdrawn", "recipient": SHOP.key, "key": key, "payload": {"do": "delete"}}
    return Draft(**{**told, **values})  # type: ignore[arg-type]


def put(*drafts: Draft, now: datetime = NOW) -> int:
    with acting(Context.of(OFFICER, channel=Channel.BODY, purpose="correction")):
        return jobs.put(drafts, actor=OFFICER, now=now)


def as_actor(actor: Actor) -> AbstractContextManager[None]:
    return acting(Context.of(actor, channel=Channel.BODY, purpose="correction"))


@pytest.fixture
def worker(transactional_db: None) -> Callable[[], AbstractContextManager[None]]:
    """Log in as the worker inside a block; what was done before it is committed."""
    return log_in_as_worker


@contextmanager
def log_in_as_worker() -> Iterator[None]:
    """Work on a connection of the worker's own; a server in another thread keeps the web's login."""
    main = connections[DEFAULT_DB_ALIAS]
    other = type(main)({**main.settings_dict, "USER": "chengxin_worker"}, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = other
    try:
        yield
    finally:
        other.close()
        connections[DEFAULT_DB_ALIAS] = main
