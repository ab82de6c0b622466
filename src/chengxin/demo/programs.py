"""What the cast's programs do: the shopping platform reads about its merchants, so it is told of changes."""

from __future__ import annotations

from datetime import datetime

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.demo.province import Province
from chengxin.demo.staff import GUESTS

MERCHANTS = 20


def read_merchants(province: Province, *, now: datetime) -> int:
    """Let the shopping platform read its first merchants' pages; return how many have one."""
    (client,) = access.list_clients(GUESTS["platform_client"])
    program = access.actor_for_client(client)
    found = [
        archives.find_public_subject(uscc, actor=program, now=now)
        for uscc in province.operators["uscc"].head(MERCHANTS).to_list()
    ]
    return sum(one is not None for one in found)
