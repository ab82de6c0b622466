"""Reports of four pages (twenty lines) and of two: made, set as PDF and signed in batch, one worker for each core.

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
    from chengxin.access import facade as access
    from chengxin.archives import facade
    from chengxin.kernel.clock import now

    ground.open_department(now())
    figures = {
        pages: _report(facade, _actor(access, username, now()), now)
        for pages, username in (
            ("four_pages", ground_people.citizen_with_lines(20)[0]),
            ("two_pages", ground_people.second_citizen_with_lines(8)[0]),
        )
    }
    bare = figures["two_pages"].pop("content")
    figures["four_pages"].pop("content")
    empty = orjson.loads(bare)
    for chapter in empty["chapters"]:
        chapter.pop("lines", None)
    words = orjson.dumps(empty, option=orjson.OPT_SORT_KEYS)
    yardstick = round(REPORTS / _batch(lambda: facade.report_pdf(words)), 1)
    return {
        **figures,
        "empty_pdf_per_second_yardstick": yardstick,
        "ratio_two_pages": round(figures["two_pages"]["reports_per_second"] / yardstick, 3),
    }


def _report(facade: Any, actor: Any, now: Any) -> dict[str, Any]:  # noqa: ANN401 - loaded when the bench runs
    """Measure one report by itself and a batch of them, each made anew with a code of its own."""
    from pypdf import PdfReader

    facade.report_pdf(_content(facade, actor, now()))
    began = time.perf_counter()
    content = _content(facade, actor, now())
    pdf = facade.report_pdf(content)
    first = time.perf_counter() - began
    batch = _batch(lambda: facade.report_pdf(_content(facade, actor, now())))
    return {
        "pages": len(PdfReader(io.BytesIO(pdf)).pages),
        "seconds": round(first, 3),
        "reports_per_second": round(REPORTS / batch, 1),
        "content": content,
    }


def _actor(access: Any, username: str, moment: Any) -> Any:  # noqa: ANN401 - loaded when the bench runs
    from chengxin.kernel.clock import legal_day

    account = access.find_account(username, on=legal_day(moment))
    assert account is not None
    return access.actor_for_account(account, on=legal_day(moment))


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
