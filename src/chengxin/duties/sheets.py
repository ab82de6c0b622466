"""Forms by which an authority asks a platform or a merchant (办理表), read from `sheets.yaml`; cases carry them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Final

from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref, Words
from chengxin.database.contracts import Channel
from chengxin.duties.contracts import Asked, OwnRequest, Sheet
from chengxin.duties.filing_duties import fields_from
from chengxin.duties.filing_rules import why_not_said
from chengxin.duties.queries import OWN
from chengxin.kernel.actor import Actor
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.kernel.yaml_text import read_yaml
from chengxin.law.facade import is_article
from chengxin.market import facade as market
from chengxin.market.contracts import Shop
from chengxin.notices.facade import serve
from chengxin.reviews.facade import masked

HANDLING: Final = "case_handling"
_DOCUMENT: Final = re.compile(r".{2,}[〔\[（(]\d{4}[〕\]）)].*\d.*")


@cache
def sheets() -> Mapping[str, Sheet]:
    """Return the forms by which an authority asks, by code of their procedure."""
    found = {}
    for code, said in read_yaml(Path(__file__).with_name("sheets.yaml").read_text("utf-8")).items():
        found[code] = Sheet(
            code=code,
            title=Words(**said["title"]),
            action=said["action"],
            page=said["page"],
            words=said["words"],
            each=said.get("each", ""),
            to_merchants=said.get("to_merchants", False),
            fields=fields_from(said["fields"]),
        )
    return found


def ask(actor: Actor, asked: Asked, *, now: datetime) -> list[Case]:
    """Send what a form asks (发出): to a platform, or to the merchant of one of its shops; a case for each topic."""
    sheet = sheets()[asked.sheet]
    market.get_platform(asked.platform)
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING), transaction.atomic():
        resource = Resource(kind=sheet.code, body=actor.body)
        access.require(actor, action=sheet.action, resource=resource, purpose=HANDLING, now=now)
        refuse_if(why_not_competent(actor))
        refuse_if(_why_not_ask(sheet, asked.answers))
        shop = _shop_of(sheet, asked)
        chosen = next((field for field in sheet.fields if field.name == sheet.each), None)
        topics = [{sheet.each: option} for option in chosen.options] if chosen else [{}]
        return [_open(actor, sheet, asked, topic=topic, shop=shop, now=now) for topic in topics]


def list_asked(actor: Actor, sheet: str) -> list[Case]:
    """Return the cases of a form that somebody's body asked or was asked, the newest first."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        return casework.list_of(sheet)


def list_own_asked(actor: Actor) -> list[Case]:
    """Return the requests to the operator somebody signs in for, the newest first."""
    with access.acting_for(actor.as_person(), channel=Channel.SELF, purpose=OWN):
        return [one for one in casework.list_of("data_request") if one.ref.subject_id == actor.subject_id]


def _open(
    actor: Actor, sheet: Sheet, asked: Asked, *, topic: Mapping[str, str], shop: Shop | None, now: datetime
) -> Case:
    answers = {**asked.answers, **topic}
    words = answers.pop(sheet.words)
    addressee = "" if shop else asked.platform
    of_shop = {"shop": str(shop.id), "shop_number": shop.number} if shop else {}
    facts = {"answers": answers, "asker": actor.body, "addressee": addressee, "platform": asked.platform, **of_shop}
    case = casework.open_case(
        sheet.code,
        ref=Ref(kind=sheet.code, id=str(new_id(now)), subject_id=shop.subject_id if shop else None),
        body=addressee or actor.body,
        opened_by=actor,
        facts=facts,
        reasons=masked(words)[0],
        now=now,
    )
    serve(
        kind=f"duties.{sheet.code}",
        text=f"{sheet.code}_sent",
        parameters={"number": case.number},
        reference=case.number,
        to_subject=shop.subject_id if shop else None,
        to_body=addressee,
        actor=actor,
        now=now,
    )
    return case


def _shop_of(sheet: Sheet, asked: Asked) -> Shop | None:
    if not asked.shop:
        return None
    shop = market.find_shop(asked.platform, asked.shop) if sheet.to_merchants else None
    if shop is None or shop.subject_id is None:
        raise Refused(
            Refusal(
                code="DU-NO-MERCHANT",
                what="没有这家店铺，或者它的经营者没有在登记里查到。",
                why="个人卖家的身份只有平台知道。",
                next_step="请核对店铺编号，或者不填店铺，向平台调取。",
                field="shop",
            )
        )
    return shop


def why_not_competent(actor: Actor) -> Refusal | None:
    """Refuse a body that supervises nothing, or that is itself a platform (EC 25: competent authorities)."""
    body = access.get_body(actor.body)
    if (body.fields_of_work or body.is_credit_office) and not market.is_platform(actor.body):
        return None
    return Refusal(
        code="DU-NOT-COMPETENT",
        what="您的单位不是有关主管部门。",
        why="只有依照法律、行政法规有权的主管部门可以要求提供。",
        next_step="请由主管部门发出。",
        basis=("EC/25",),
    )


def _why_not_ask(sheet: Sheet, answers: Mapping[str, str]) -> Refusal | None:
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


def find_own_asked(actor: Actor, number: str) -> OwnRequest:
    """Return a data request to the merchant's own operator with its course, or refuse as absent."""
    found = next((one for one in list_own_asked(actor) if one.number == number), None) if actor.subject_id else None
    if found is None:
        raise Refused(Refusal(code="ABSENT", what="没有找到这份调取通知。", next_step="请从“我的店铺”打开。"))
    with access.acting_for(actor.as_person(), channel=Channel.SELF, purpose=OWN):
        return OwnRequest(case=found, steps=tuple(casework.timeline(found.id, actor=actor)))


def answer_own(actor: Actor, number: str, *, verb: str, words: str, papers: Sequence[str], now: datetime) -> Case:
    """Give as the merchant what a data request asks, or ask for a clear scope."""
    own, me = find_own_asked(actor, number), actor.as_person()
    return casework.carry_out(own.case.id, verb=verb, actor=me, now=now, reasons=masked(words)[0], evidence=papers)
