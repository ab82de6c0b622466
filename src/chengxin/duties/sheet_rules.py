"""What is asked of a form by which an authority asks: who may send it, to whom, and what it must say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from chengxin.access import facade as access
from chengxin.access.contracts import Body
from chengxin.duties.contracts import Asked, Sheet
from chengxin.duties.filing_rules import why_not_said
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refusal
from chengxin.law.facade import is_article
from chengxin.market import facade as market

_DOCUMENT: Final = re.compile(r".{2,}[〔\[（(]\d{4}[〕\]）)].*\d.*")


def competent_bodies(actor: Actor) -> list[Body]:
    """Return the bodies something can be referred to: those that supervise, without platforms and one's own."""
    platforms = {one.body for one in market.list_platforms()}
    return [one for one in access.list_bodies() if _supervises(one) and one.code not in platforms | {actor.body}]


def why_not_to(actor: Actor, sheet: Sheet, asked: Asked) -> Refusal | None:
    """Refuse what goes to nobody, to the asking body itself or to one that cannot act; a platform takes its shop."""
    body = access.find_body(asked.to) if asked.to and sheet.to_bodies else None
    is_fit = body is not None and body.code != actor.body and why_not_competent(body) is None
    has_shop = bool(asked.shop) or not (sheet.of_shops and (asked.platform or sheet.inside))
    if (is_fit or not asked.to) and has_shop and (asked.platform or asked.to or sheet.inside):
        return None
    return Refusal(
        code="DU-NO-ADDRESSEE",
        what="没有写明移送给谁。",
        why="平台要凭店铺编号处理；不在平台上的网站，移送给负责的主管部门。",
        next_step="请选择平台并填店铺编号，或者选择本单位以外的主管部门，也可以两处都送。",
        field="shop" if not has_shop else "to" if asked.to else "platform",
    )


def why_not_competent(body: Body) -> Refusal | None:
    """Refuse a body that supervises nothing, or that is itself a platform (EC 25: competent authorities)."""
    if _supervises(body) and not market.is_platform(body.code):
        return None
    return Refusal(
        code="DU-NOT-COMPETENT",
        what="您的单位不是有关主管部门。",
        why="只有依照法律、行政法规有权的主管部门可以要求提供。",
        next_step="请由主管部门发出。",
        basis=("EC/25",),
    )


def why_not_ask(sheet: Sheet, answers: Mapping[str, str]) -> Refusal | None:
    """Return why what a form says is not sent, or None: a document number where one is asked, every answer right."""
    asked = tuple(field for field in sheet.fields if field.name != sheet.each)
    if "document" in {field.name for field in asked} and not _DOCUMENT.fullmatch(answers.get("document", "").strip()):
        return Refusal(
            code="DU-NO-DOCUMENT",
            what="没有文书号，发不出去。",
            why="主管部门要依照法律、行政法规的规定要求提供，对方凭文书号核对。",
            next_step="请填写调取文书的文号，例如 云市监函〔2026〕12号。",
            basis=("EC/25",),
            field="document",
        )
    if refusal := why_not_said(asked, answers):
        return refusal
    return _why_not_based(answers)


def _why_not_based(answers: Mapping[str, str]) -> Refusal | None:
    """Refuse a basis that is not in the law index, and a period that ends before it begins."""
    if "basis" in answers and not is_article(answers["basis"].strip()):
        return Refusal(
            code="DU-NO-BASIS",
            what="依据的条款不在法规库里。",
            why="没有法律、行政法规的依据，对方可以不提供。",
            next_step="请用法规库的写法填写，例如 EC/25。",
            basis=("EC/25",),
            field="basis",
        )
    if "first_day" in answers and date.fromisoformat(answers["last_day"]) < date.fromisoformat(answers["first_day"]):
        return Refusal(code="DU-SCOPE-DAYS", what="结束早于开始。", next_step="请核对起止日期。", field="last_day")
    return None


def _supervises(body: Body) -> bool:
    return bool(body.fields_of_work) or body.is_credit_office
