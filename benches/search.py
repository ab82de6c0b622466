"""Public search by name and by document number over what the bench database holds.

Yardstick: the same index asked by plain SQL on one connection, without the page.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benches import ground, load

QUERIES = [f"/search?q={quote(text)}" for text in ("商贸", "云汀", "处罚〔2026〕12")]
PLAIN = """
    select count(*) from (
        select 1 from records_publication
        where ended_at is null and document_grams @> %s::int[] limit 20) as found
"""


def run(root: Path, *, rows: int) -> dict[str, Any]:  # noqa: ARG001 - all benches take the same
    """Run the bench and return its figures."""
    ground.prepare(root)
    from django.db import connection

    from chengxin.access import facade as access
    from chengxin.database.contracts import Channel
    from chengxin.kernel.actor import ANYONE
    from chengxin.kernel.grams import gram_codes

    figures: dict[str, Any] = {}
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose="public_viewing"), connection.cursor() as cursor:
        cursor.execute("select count(*) from records_publication where ended_at is null")
        figures["public_records"] = cursor.fetchone()[0]
        began = time.perf_counter()
        for _ in range(20):
            cursor.execute(PLAIN, [gram_codes("处罚202612")])
            cursor.fetchall()
        figures["plain_sql_ms"] = round((time.perf_counter() - began) / 20 * 1000, 2)
    connection.close()
    with load.served():
        for path in QUERIES:
            load.ask(path, clients=1, seconds=1)
            figures[path] = load.ask(path, clients=2, seconds=5)
    return figures
