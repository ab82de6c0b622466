"""A report of twenty lines (four pages): made, and set as PDF in batch, one worker for each core.

Yardstick: typst setting the same template with an empty archive, as many at once.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import orjson

from benches import ground, ground_people

REPORTS = 40


def run(root: Path, *, rows: int) -> dict[str, Any]:  # noqa: ARG001 - all benches take the same
    """Run the bench and return its figures."""
    ground.prepare(root)
    from pypdf import PdfReader

    from chengxin.access import facade as access
    from chengxin.archives import facade
    from chengxin.kernel.clock import legal_day, now

    ground.open_department(now())
    username, _session = ground_people.citizen_with_lines(20)
    account = access.find_account(username, on=legal_day(now()))
    assert account is not None
    actor = access.actor_for_account(account, on=legal_day(now()))
    facade.report_pdf(_content(facade, actor, now()))
    began = time.perf_counter()
    content = _content(facade, actor, now())
    pdf = facade.report_pdf(content)
    first = time.perf_counter() - began
    batch = _batch(lambda: facade.report_pdf(_content(facade, actor, now())))
    empty = orjson.loads(content)
    for chapter in empty["chapters"]:
        chapter.pop("lines", None)
    bare = orjson.dumps(empty, option=orjson.OPT_SORT_KEYS)
    yardstick = _batch(lambda: facade.report_pdf(bare))
    return {
        "pages": len(PdfReader(io.BytesIO(pdf)).pages),
        "one_report_seconds": round(first, 3),
        "reports_per_second": round(REPORTS / batch, 1),
        "empty_pdf_per_second_yardstick": round(REPORTS / yardstick, 1),
        "ratio": round(yardstick / batch, 3),
    }


def _batch(make: Callable[[], object]) -> float:
    """Return the seconds it takes to make all reports, each worker with a database session of its own."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as workers:
        began = time.perf_counter()
        for made in [workers.submit(make) for _ in range(REPORTS)]:
            made.result()
        return time.perf_counter() - began


def _content(facade: Any, actor: Any, moment: Any) -> bytes:  # noqa: ANN401 - loaded when the bench runs
    code = facade.make_report(actor, now=moment, address_of=lambda code: f"https://example.org/verify/{code}")
    content: bytes = facade.open_report(actor, code, now=moment).content
    return content
