"""What a lead rests on as a paper: rows, values, thresholds, honest rate, what would clear it; no account behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typst

from chengxin.archives import facade as archives
from chengxin.leads import display
from chengxin.leads.contracts import Answer, Held, Lead

_TEMPLATE: Final = Path(__file__).with_name("evidence.typ")


@dataclass(kw_only=True)
class Made:
    """A paper we make ourselves, as casework takes one that is sent."""

    content: bytes
    size: int | None

    def chunks(self) -> Iterator[bytes]:
        """Yield its bytes."""
        yield self.content


def evidence_paper(lead: Lead, held: Sequence[Held], answers: Sequence[Answer]) -> Made:
    """Return the evidence of a lead, with what the merchant said, as a PDF; the same lead gives the same bytes."""
    content = json.dumps(display.evidence(lead, held, answers), ensure_ascii=False)
    made = typst.compile(
        str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        format="pdf",
        font_paths=[str(archives.font_folder())],
        ignore_system_fonts=True,
        sys_inputs={"content": content},
        timestamp=int(lead.opened_at.timestamp()),
    )
    return Made(content=made, size=len(made))
