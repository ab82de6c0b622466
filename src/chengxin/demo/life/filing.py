"""Lines that a story files itself: by a clerk as their source does, approved by a second person."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import orjson

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.intake import facade as intake
from chengxin.kernel.actor import Actor


def file_lines(
    clerk: Actor, approver: Actor, item: str, lines: Sequence[Mapping[str, str]], *, name: str, now: datetime
) -> None:
    """File some lines of an item as one file and let another person approve it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lines")
        path.write_bytes(b"\n".join(orjson.dumps(line) for line in lines))
        with access.acting_for(clerk, channel=Channel.INTAKE, purpose="filing"):
            batch = intake.upload(path, file_name=f"{name}.jsonl", item_code=item, actor=clerk, now=now, channel="page")
            batch = intake.submit(batch.id, actor=clerk, now=now)
    intake.decide(batch.id, approves=True, actor=approver, now=now)
