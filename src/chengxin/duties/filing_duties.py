"""What platforms file, read from `filings.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from chengxin.casework.contracts import Words
from chengxin.duties.contracts import FilingDuty, FilingField, Rhythm
from chengxin.kernel.yaml_text import read_yaml
from chengxin.law.facade import check_citation


@cache
def filing_duties() -> Mapping[str, FilingDuty]:
    """Return what a platform files, by code."""
    found = {}
    for code, said in read_yaml(Path(__file__).with_name("filings.yaml").read_text("utf-8")).items():
        for citation in said["basis"]:
            check_citation(citation)
        found[code] = FilingDuty(
            code=code,
            title=Words(**said["title"]),
            basis=tuple(said["basis"]),
            rhythm=Rhythm(said["rhythm"]),
            key=said["key"],
            windows=tuple(said.get("windows", ())),
            from_start=said.get("from_start", False),
            day=Words(**said["day"]) if "day" in said else None,
            fields=fields_from(said["fields"]),
        )
    return found


def fields_from(said: Mapping[str, Any]) -> tuple[FilingField, ...]:
    """Return the fields of a form as a file declares them: name, type, title, and the options of a choice."""
    return tuple(
        FilingField(
            name=name,
            type=one["type"],
            title=Words(zh=one["zh"], en=one["en"]),
            options={option: Words(**words) for option, words in one.get("options", {}).items()},
        )
        for name, one in said.items()
    )
