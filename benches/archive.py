"""One's own archive of twenty lines over HTTP, its event written each time, and the page.

Yardstick: the same server answering a static-like page that touches no record (`/help`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benches import ground, ground_people, load

SECONDS = 8.0


def run(root: Path, *, rows: int) -> dict[str, Any]:  # noqa: ARG001 - all benches take the same
    """Run the bench and return its figures."""
    ground.prepare(root)
    from django.db import connection

    from chengxin.kernel.clock import now

    ground.open_department(now())
    _username, session = ground_people.citizen_with_lines(20)
    connection.close()
    cookie = f"sessionid={session}"
    with load.served():
        load.ask("/api/v1/me/archive", cookie=cookie, clients=2, seconds=2)
        yardstick = load.ask("/help", clients=8, seconds=SECONDS)
        full = load.ask("/api/v1/me/archive", cookie=cookie, clients=8, seconds=SECONDS)
        pause = load.half_load(full, clients=8)
        half = load.ask("/api/v1/me/archive", cookie=cookie, clients=8, seconds=SECONDS, pause=pause)
        page = load.ask("/me", cookie=cookie, clients=1, seconds=SECONDS)
    return {
        "archive_json": full,
        "archive_json_half_load": half,
        "archive_page_alone": page,
        "help_page_yardstick": yardstick,
        "ratio_to_yardstick": round(full["per_second"] / yardstick["per_second"], 3),
    }
