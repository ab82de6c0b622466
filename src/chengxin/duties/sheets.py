"""Forms by which an authority asks a platform or a merchant (办理表), read from `sheets.yaml`; cases carry them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
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
from chengxin.duties.queries import OWN
from chengxin.duties.sheet_rules import why_not_ask, why_not_competent, why_not_to
from chengxin.kernel.actor import Actor
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.kernel.yaml_text import read_yaml
from chengxin.market import facade as market
from chengxin.market.contracts import Shop
from chengxin.notices.facade import serve
from chengxin.reviews.facade import masked

HANDLING: Final = "case_handling"


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
            of_shops=said.get("of_shops", False),
            to_bodies=said.get("to_bodies", False),
            own=Words(**said["own"]) if "own" in said else None,
            inside=said.get("inside", False),
            follows=said.get("follows", ""),
            fields=fields_from(said["fields"]),
        )
    return found


def ask(actor: Actor, asked: Asked, *, now: datetime) -> list[Case]:
    """Send what a form asks (发出): to a platform, a merchant, another body; a case for each of them and each topic."""
    sheet = sheets()[asked.sheet]
    if asked.platform or not (sheet.to_bodies or sheet.inside):
        market.get_platform(asked.platform)
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING), transaction.atomic():
        resource = Resource(kind=sheet.code, body=actor.body)
        access.require(actor, action=sheet.action, resource=resource, purpose=HANDLING, now=now)
        refuse_if(why_not_competent(access.get_body(actor.body)))
        refuse_if(why_not_ask(sheet, asked.answers))
        refuse_if(why_not_to(actor, sheet, asked))
        refuse_if(_why_not_follow(actor, sheet, asked))
        shop = _shop_of(sheet, asked)
        chosen = next((field for field in sheet.fields if field.name == sheet.each), None)
        topics = [{sheet.each: option} for option in chosen.options] if chosen else [{}]
        found = []
        if asked.platform or sheet.inside:
            found += [_open(actor, sheet, asked, topic=topic, shop=shop, now=now) for topic in topics]
        if asked.to:
            found += [_open(actor, sheet, replace(asked, platform=""), topic=topic, now=now) for topic in topics]
        return found


def list_asked(actor: Actor, sheet: str) -> list[Case]:
    """Return the cases of a form that somebody's body asked or was asked, the newest first."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        return casework.list_of(sheet)


def list_own_asked(actor: Actor) -> list[Case]:
    """Return what the operator somebody signs in for was asked, or may answer, the newest first."""
    with access.acting_for(actor.as_person(), channel=Channel.SELF, purpose=OWN):
        found = [one for sheet in sheets().values() if sheet.own for one in casework.list_of(sheet.code)]
        return [one for one in found if one.ref.subject_id == actor.subject_id]


def _open(
    actor: Actor, sheet: Sheet, asked: Asked, *, topic: Mapping[str, str], now: datetime, shop: Shop | None = None
) -> Case:
    answers = {**asked.answers, **topic}
    words = answers.pop(sheet.words)
    is_merchants = shop is not None and sheet.to_merchants
    addressee = actor.body if sheet.inside else "" if is_merchants else asked.platform or asked.to
    facts = {"answers": answers, "asker": actor.body, "addressee": addressee, "platform": asked.platform or addressee}
    if shop:
        facts |= {"shop": str(shop.id), "shop_number": shop.number}
    if "uscc" in answers:
        facts["register"] = market.compare(answers["uscc"], answers["name"])[1].value
    case = casework.open_case(
        sheet.code,
        ref=Ref(
            kind=sheet.code,
            id=asked.source or str(new_id(now)),
            # Who is looked into is no party of it until something is found.
            subject_id=shop.subject_id if shop and not sheet.inside else None,
        ),
        body=addressee or actor.body,
        opened_by=actor,
        facts=facts,
        reasons=masked(words)[0],
        evidence=asked.papers,
        now=now,
    )
    if sheet.inside:
        return case
    serve(
        kind=f"duties.{sheet.code}",
        text=f"{sheet.code}_sent",
        parameters={"number": case.number},
        reference=case.number,
        to_subject=shop.subject_id if shop and is_merchants else None,
        to_body=addressee,
        actor=actor,
        now=now,
    )
    return case


def _why_not_follow(actor: Actor, sheet: Sheet, asked: Asked) -> Refusal | None:
    """Refuse what follows no open case of the same authority, and a target without anything it rests on."""
    if not sheet.follows:
        return None
    found = casework.find_case(asked.source, actor=actor)
    is_open = found is not None and found.procedure == sheet.follows and not found.is_closed
    if not (is_open and found is not None and found.facts.get("asker") == actor.body):
        return Refusal(
            code="DU-NO-CAMPAIGN",
            what="没有选择进行中的专项行动。",
            why="对象只能列入本单位公布的专项行动。",
            next_step="请先公布专项行动，再列入对象。",
            field="source",
        )
    if not asked.papers:
        return Refusal(
            code="DU-NO-EVIDENCE",
            what="没有附上列为对象的证据。",
            why="没有证据的，不能列为对象。",
            next_step="请附上抽检报告、截图、线索等证据。",
            field="papers",
        )
    return None


def _shop_of(sheet: Sheet, asked: Asked) -> Shop | None:
    if not asked.shop:
        return None
    takes = sheet.to_merchants or sheet.of_shops
    shop = market.find_shop(asked.platform, asked.shop) if takes else None
    if sheet.of_shops and shop is not None:
        return shop
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
