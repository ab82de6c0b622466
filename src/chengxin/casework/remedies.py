"""What can be done against an adverse act (救济): declared once, named by verbs, written wherever the act is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from chengxin.casework.contracts import Words
from chengxin.kernel.yaml_text import read_yaml
from chengxin.law import facade as law
from chengxin.law.contracts import Unit
from chengxin.ui.facade import clauses, day, in_language

SHIPPED: Final = Path(__file__).with_name("remedies.yaml")


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """One remedy: the way to go and who takes it, in words; the key of law of its period, if it has one."""

    way: Words
    period: str = ""
    basis: tuple[str, ...]


@cache
def remedies() -> Mapping[str, Remedy]:
    """Return every remedy by its code."""
    rows = read_yaml(SHIPPED.read_text("utf-8"))
    return {
        code: Remedy(way=Words(**row["way"]), period=row.get("period", ""), basis=tuple(row["basis"]))
        for code, row in rows.items()
    }


def remedy_words(codes: Iterable[str], *, on: date, served_on: date | None = None) -> str:
    """Say what can be done against an act, to whom and until when; by its last day once the day of service is known."""
    parts = [_part(remedies()[code], on=on, served_on=served_on) for code in codes]
    return _("不服的：%s") % clauses(parts) if parts else ""


def _part(remedy: Remedy, *, on: date, served_on: date | None) -> str:
    way = in_language(remedy.way.zh, remedy.way.en)
    if not remedy.period:
        return _("可以%s") % way
    if served_on is not None:
        last = law.due(remedy.period, start=served_on, on=served_on, pack=settings.LAW_PACK).last_day
        return _("最晚%(last)s，可以%(way)s") % {"last": day(last), "way": way}
    value = law.value(remedy.period, on=on, pack=settings.LAW_PACK)
    words = {
        Unit.DAY: _("自收到之日起%(number)s日内，可以%(way)s"),
        Unit.WORKDAY: _("自收到之日起%(number)s个工作日内，可以%(way)s"),
        Unit.MONTH: _("自收到之日起%(number)s个月内，可以%(way)s"),
    }
    return words[value.unit] % {"number": value.number, "way": way}
