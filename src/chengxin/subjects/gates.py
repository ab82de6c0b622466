"""Who may be a credit subject, and who may ask for one who died (law-rules §5): pure gates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import cites, gate

LAW = law.beside(__file__)
KIN_REQUESTS = frozenset({"access", "copy", "correct", "delete"})
KIN_EXAMPLE: Final = {
    "request": "access",
    "deceased_on": "2026-01-05",
    "is_close_relative": True,
    "has_lawful_interest": True,
}
_ADULT = ("SEED1/1", "CC/17", "JUV06/2")
_CAPACITY = ("SH/2", "SD/2", "HN/3", "SZ/2", "ZJ/2")


@dataclass(frozen=True, kw_only=True)
class SubjectFacts:
    """What decides whether a natural person may be a credit subject (信用主体)."""

    birth_date: date | None = None
    deceased_on: date | None = None
    is_under_guardianship: bool = False


@dataclass(frozen=True, kw_only=True)
class KinFacts:
    """What decides a request by next of kin (近亲属) about a person who died."""

    request: str
    deceased_on: date | None = None
    is_close_relative: bool = False
    has_lawful_interest: bool = False
    is_otherwise_arranged: bool = False


def adult_on(birth_date: date, *, on: date, pack: str = law.DEFAULT_PACK) -> date:
    """Return the first day on which a person counts as adult by the law of a day: the day after the birthday."""
    return law.adult_from(birth_date, years=LAW.value("subject.adult_years", on=on, pack=pack).number)


@cites("SEED1/1", "CC/17", "CC/1259", "JUV06/2", "D/adult-day-after")
def why_not_subject(birth_date: date, *, on: date, pack: str = law.DEFAULT_PACK) -> Refusal | None:
    """Refuse a person who is not yet 18: on the birthday itself still, from the day after no longer (A11)."""
    adult = adult_on(birth_date, on=on, pack=pack)
    if on >= adult:
        return None
    return Refusal(
        code="UNDER_18",
        what="不满十八周岁的人不建立信用档案。",
        why="生日次日起才按已满十八周岁计算。",
        next_step="{day}起可以办理。",
        values={"day": adult},
        basis=_ADULT,
        retry_on=adult,
    )


@gate(
    "gate.adult",
    zh="自然人能否成为信用主体",
    en="May a natural person be a credit subject",
    facts=SubjectFacts,
    example={"birth_date": "2008-03-01"},
)
@cites("SEED1/1", "CC/17", "JUV06/2", "SH/2", "SD/2", "HN/3", "SZ/2", "ZJ/2", "D/adult-day-after", "D/deceased")
def why_not_person(facts: SubjectFacts, *, on: date, pack: str = law.DEFAULT_PACK) -> Refusal | None:
    """Refuse minors, persons under guardianship (N11) and the dead as subjects of new facts."""
    if facts.birth_date is None:
        return Refusal(
            code="BIRTH_DATE_MISSING",
            what="没有出生日期，无法确认已满十八周岁。",
            next_step="请核对证件并补充出生日期。",
            basis=_ADULT,
        )
    if facts.deceased_on is not None and on >= facts.deceased_on:
        return Refusal(
            code="DECEASED",
            what="该自然人已经去世，不再归集新的信用信息。",
            why="信用主体须为在世的完全民事行为能力人。",
            next_step="近亲属可以为自身合法、正当利益申请查阅、复制、更正、删除。",
            basis=("PIPL/49", "D/deceased"),
        )
    if facts.is_under_guardianship:
        return Refusal(
            code="UNDER_GUARDIANSHIP",
            what="不具有完全民事行为能力的人不建立信用档案。",
            why="信用主体须具有完全民事行为能力。",
            next_step="监护终止后，请凭终止监护的文书办理。",
            basis=_CAPACITY,
        )
    return why_not_subject(facts.birth_date, on=on, pack=pack)


@gate(
    "gate.kin",
    zh="近亲属能否行使逝者的权利",
    en="May next of kin act for one who died",
    facts=KinFacts,
    example=KIN_EXAMPLE,
)
@cites("PIPL/49")
def why_not_kin(facts: KinFacts, *, on: date, pack: str = law.DEFAULT_PACK) -> Refusal | None:
    """Allow close relatives of a dead person to read, copy, correct or delete for a lawful interest (PIPL 49)."""
    del pack
    if facts.deceased_on is None or on < facts.deceased_on:
        return _no_kin("KIN_NOT_DECEASED", "本人在世，由本人行使权利。", "请由本人或者本人授权的代理人办理。")
    if facts.request not in KIN_REQUESTS:
        return _no_kin("KIN_REQUEST", "近亲属只能申请查阅、复制、更正、删除。", "请选择其中一项。")
    if not facts.is_close_relative:
        return _no_kin("KIN_NOT_CLOSE", "申请人不是近亲属，或者没有证明。", "请提供近亲属关系证明。")
    if facts.is_otherwise_arranged:
        return _no_kin("KIN_ARRANGED", "逝者生前对其个人信息另有安排。", "请按逝者的安排办理。")
    if not facts.has_lawful_interest:
        return _no_kin("KIN_INTEREST", "没有说明自身的合法、正当利益。", "请写明用途并附证明。")
    return None


def _no_kin(code: str, what: str, next_step: str) -> Refusal:
    return Refusal(code=code, what=what, why="个人信息保护法第四十九条。", next_step=next_step, basis=("PIPL/49",))
