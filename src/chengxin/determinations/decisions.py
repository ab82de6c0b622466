"""Decisions of other packages that take the same course (不利决定): told, heard, signed, served, then what they bring.

A package names its procedure in the settings `DECISION_FORMS` with a function `(code, on) -> Form`, and calls
`open_course`; notice, service, statement, documents and pages are those of a determination.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from chengxin.casework import facade as casework
from chengxin.casework.contracts import Ref
from chengxin.catalogue import facade as catalogue
from chengxin.determinations import models
from chengxin.determinations.contracts import Form
from chengxin.determinations.drafts import seal_draft
from chengxin.kernel.actor import Actor
from chengxin.kernel.ids import new_id
from chengxin.ui.facade import in_language

OWN: Final = "determination"


def form_of(procedure: str, code: str, *, on: date) -> Form:
    """Return what a decision is about and how its documents name it: a catalogue item, or what its package declares."""
    if procedure in settings.DECISION_FORMS:
        return _maker(settings.DECISION_FORMS[procedure])(code, on=on)
    item = catalogue.get_item(code, on=on)
    title = in_language(item.title.zh, item.title.en or item.title.zh)
    return Form(
        code=code,
        title=title,
        fields=item.fields,
        notice=_("失信行为认定事先告知书"),
        decision=_("失信行为认定决定书"),
        intends=_("拟认定为“%s”，记入信用记录。") % title,
        decides=_("认定为“%s”") % title,
        follows=_("可以复议、诉讼的期限满了没有争议的，记入信用记录；纠正以后可以申请修复，不收费。"),
    )


def open_course(
    actor: Actor,
    procedure: str,
    code: str,
    *,
    subject_id: UUID,
    cells: Mapping[str, str],
    facts: Mapping[str, Any],
    now: datetime,
    evidence: Sequence[str] = (),
) -> models.Determination:
    """Open the course of a decision in the running transaction: its case, and its draft sealed under the subject's key.

    Whoever calls has asked who may draft it and on what.
    """
    row_id = new_id(now)
    case = casework.open_case(
        procedure,
        ref=Ref(kind="determination", id=str(row_id), subject_id=subject_id),
        body=actor.body,
        opened_by=actor,
        facts={"item": code, **facts},
        evidence=evidence,
        now=now,
    )
    return models.Determination.objects.create(
        id=row_id,
        number=case.number,
        body=actor.body,
        subject_id=subject_id,
        item_code=code,
        case_id=case.id,
        drafted_by=actor.key,
        drafted_at=now,
        sealed=seal_draft(row_id, subject_id, cells),
    )


@lru_cache(maxsize=16)
def _maker(dotted: str) -> Callable[..., Form]:
    maker: Callable[..., Form] = import_string(dotted)
    return maker
