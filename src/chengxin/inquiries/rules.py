"""May an organ ask this of these persons? An announced procedure, an article, a list no longer than announced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chengxin.consents.contracts import Ground, PurposeRule
from chengxin.inquiries.contracts import Person, Procedure
from chengxin.kernel.refusal import Refusal
from chengxin.law.facade import cites


@cites("PIPL/34", "SH/17", "D/statutory-scope")
def why_not_statutory(
    rule: PurposeRule | None, *, basis: str, procedure: Procedure, persons: Sequence[Person], on: date, most: int
) -> Refusal | None:
    """Return why a statutory query may not be asked, or None; without basis or procedure there is no query."""
    if rule is None or rule.ground is not Ground.STATUTE:
        return Refusal(
            code="S-NO-RULE", what="没有这项法定查询的用途规则。", next_step="请选择列出的用途。", field="rule"
        )
    if basis not in rule.basis:
        return Refusal(
            code="S-NO-BASIS",
            what="没有注明这项查询的法律依据。",
            why="国家机关只能在法定职责需要的范围内查询。",
            next_step="请选择这项用途的法律依据。",
            basis=("PIPL/34",),
            field="basis",
        )
    return _why_not_announced(procedure, on=on) or _why_not_named(procedure, persons, most=most)


def _why_not_announced(procedure: Procedure, *, on: date) -> Refusal | None:
    if not procedure.number.strip() or not procedure.address.strip():
        return Refusal(
            code="S-NO-PROCEDURE",
            what="没有注明已经公布的程序编号和公告地址。",
            why="名单只能来自已经公布的招录、调任、提拔、评优或者资格审查程序。",
            next_step="请填写公告上的编号和公告的网址。",
            basis=("SH/17",),
            field="procedure_number",
        )
    if procedure.announced_on > on:
        return Refusal(
            code="S-NOT-ANNOUNCED",
            what="公告日期还没有到。",
            next_step="请在公告以后再查询。",
            field="announced_on",
        )
    return None


def _why_not_named(procedure: Procedure, persons: Sequence[Person], *, most: int) -> Refusal | None:
    allowed = min(most, procedure.announced_count)
    if not persons or len(persons) > allowed:
        return Refusal(
            code="S-TOO-MANY",
            what="名单应当有1至{most}人。",
            why="人数不超过公告进入审查的人数，一次最多五十人。",
            next_step="请核对公告和名单。",
            field="persons",
            values={"most": str(allowed)},
        )
    if len({person.number for person in persons}) < len(persons):
        return Refusal(code="S-TWICE", what="名单里有人写了两次。", next_step="请删去重复的人。", field="persons")
    return None
