"""Counters that every process of an installation shares: wrong codes, codes that were used, what comes too often.

A cache in the memory of one process gives whoever guesses as many tries as there are processes, and new ones after each
restart. Django's own cache in the database pickles what it keeps, and throws counters away when it is full. Here keys
are kept as keyed hashes, so the table says nothing of anybody, and values as JSON.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils.crypto import salted_hmac

# An entry that ended is free for anybody; whoever adds one sweeps a few others away.
_ADD = """
    insert into access_tally (key, value, ends_at) values (%s, %s, %s)
    on conflict (key) do update set value = excluded.value, ends_at = excluded.ends_at
     where access_tally.ends_at <= clock_timestamp()
"""
_SET = """
    insert into access_tally (key, value, ends_at) values (%s, %s, %s)
    on conflict (key) do update set value = excluded.value, ends_at = excluded.ends_at
"""
_SWEEP = """
    delete from access_tally where key in (
        select key from access_tally where ends_at < clock_timestamp() limit 10 for update skip locked)
"""
_GET = "select value::text from access_tally where key = %s and ends_at > clock_timestamp()"
_RAISE = """
    update access_tally set value = to_jsonb(value::text::bigint + %s) where key = %s and ends_at > clock_timestamp()
    returning value::text
"""
_FAR = datetime(9999, 1, 1, tzinfo=UTC)


class TallyCache(BaseCache):
    """Django's cache over one table, for counters; several processes counting at once lose none.

    Whatever is kept is kept for the option `least`, in seconds: allauth forgets a used code after one step of its
    clock, while the code is good for the steps beside it too.
    """

    def __init__(self, _name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._least = timedelta(seconds=params.get("OPTIONS", {}).get("least", 0))

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:  # noqa: ANN401 - as Django has it
        """Keep a value unless one is kept; True when this one is."""
        is_kept = self._run(_ADD, self._row(key, value, timeout, version))[0] == 1
        if is_kept:
            self._run(_SWEEP, ())
        return is_kept

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:  # noqa: ANN401 - as Django has it
        """Return what is kept, or the default."""
        _, rows = self._run(_GET, (self._key(key, version),))
        return orjson.loads(rows[0][0]) if rows else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:  # noqa: ANN401 - as Django has it
        """Keep a value in any case."""
        self._run(_SET, self._row(key, value, timeout, version))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value; True when there was one."""
        return self._run("delete from access_tally where key = %s", (self._key(key, version),))[0] == 1

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Count on in one statement, so that two who count at once count twice."""
        _, rows = self._run(_RAISE, (delta, self._key(key, version)))
        if not rows:
            raise ValueError(f"Nothing is counted under {key!r}.")
        return int(rows[0][0])

    def clear(self) -> None:
        """Forget everything."""
        self._run("delete from access_tally", ())

    def _row(self, key: str, value: object, timeout: Any, version: int | None) -> tuple[Any, ...]:  # noqa: ANN401 - as Django has it
        ends = self.get_backend_timeout(timeout)
        ends_at = _FAR if ends is None else datetime.fromtimestamp(ends, tz=UTC)
        least = datetime.now(tz=UTC) + self._least
        return self._key(key, version), orjson.dumps(value).decode(), max(ends_at, least)

    def _key(self, key: str, version: int | None) -> str:
        return salted_hmac("access.tally", self.make_key(key, version=version), algorithm="sha256").hexdigest()

    def _run(self, statement: str, given: tuple[Any, ...]) -> tuple[int, list[tuple[Any, ...]]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, given)
            return cursor.rowcount, list(cursor.fetchall()) if cursor.description else []
