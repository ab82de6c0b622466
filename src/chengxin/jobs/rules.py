"""When a message is tried again, when it is dead, what it may carry, when a task is due."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from chengxin.jobs.contracts import Carried, TaskRun
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal

FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(hours=6)
MOST_ATTEMPTS: Final = 16
"""With the waits above a recipient may be away for two days before a message to it is dead."""
AFTER_FAILURE: Final = timedelta(minutes=5)
SILENT: Final = timedelta(minutes=5)
"""A worker that has not been heard of for so long is late."""

LONGEST_URL: Final = 500
Network = IPv4Network | IPv6Network

_NAT64: Final = ip_network("64:ff9b::/96")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PLAIN = re.compile(r"[\x21-\x7e]{0,100}")
_LONG_DIGITS = re.compile(r"\d{11}")


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts, from 1: 30 s, doubled each time, six hours at most."""
    doubled: int = 2 ** min(attempts - 1, 20)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def names_nobody(payload: Mapping[str, Carried]) -> bool:
    """Tell whether a payload holds ids, codes, moments and counts only: no words, no number of a person."""
    for value in payload.values():
        for text in [str(value)] if isinstance(value, str | int) else value:
            if not _PLAIN.fullmatch(text) or _LONG_DIGITS.search(_UUID.sub("", text)):
                return False
    return True


def is_due(*, finished_at: datetime | None, failed_at: datetime | None, every: timedelta | None, now: datetime) -> bool:
    """Tell whether a task is to run: never yet, on a new legal day, or after its time; not right after it failed."""
    if failed_at is not None and now < failed_at + AFTER_FAILURE:
        return False
    if finished_at is None:
        return True
    if every is None:
        return legal_day(finished_at) < legal_day(now)
    return now >= finished_at + every


def status(
    *, worker_at: datetime | None, runs: Sequence[tuple[TaskRun | None, timedelta | None]], now: datetime
) -> str:
    """Return ok, late or never, from when the worker was last heard of and how each task, with its `every`, ended."""
    if worker_at is None:
        return "never"
    if now - worker_at > SILENT:
        return "late"
    for run, every in runs:
        if run is None or run.finished_at is None or run.failed_at is not None:
            return "late"
        if now - run.finished_at > (every or timedelta(days=1)) + SILENT:
            return "late"
    return "ok"


def why_not_call(url: str) -> Refusal | None:
    """Return why an address cannot be called: it is not https, names no host, or carries a sign-in or a fragment."""
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_whole = False
    is_plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST_URL
    if is_whole and is_plain and url.startswith("https://") and "@" not in parts.netloc and not parts.fragment:
        return None
    return Refusal(
        code="J-WEBHOOK-URL",
        what="这个回调地址不能用。",
        why="回调地址要以https://开头，写明主机，不带账号、密码和#之后的部分。",
        next_step="请改正地址再登记。",
        field="url",
    )


def read_networks(words: str) -> tuple[Network, ...]:
    """Return the networks, divided by commas, in which recipients may be called though they are not public."""
    return tuple(ip_network(word.strip()) for word in words.split(",") if word.strip())


def may_be_called(address: str, *, networks: Iterable[Network] = ()) -> bool:
    """Tell whether an address is public or in a network the operator named: nothing else of ours is ever called."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    inner = _inside(found)
    if any(inner in network for network in networks):
        return True
    return inner.is_global and not inner.is_multicast and not inner.is_reserved


def _inside(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address an IPv6 address stands for, where it does."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)
