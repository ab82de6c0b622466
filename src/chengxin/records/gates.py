"""What may not be collected (law-rules §2): gates that hold from the first row. Publicity has its own beside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from chengxin.catalogue.contracts import PENALTY_KINDS, PROCEDURES, Category, Nature
from chengxin.kernel.refusal import Refusal
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law import facade as law
from chengxin.law.facade import cites, gate
from chengxin.records.contracts import Provenance
from chengxin.records.publicity_gates import PublicityFacts, why_not_publish, why_not_sealed

__all__ = ["COLLECT_CODES", "CollectFacts", "PublicityFacts", "why_not_collect", "why_not_publish"]

LAW = law.beside(__file__)
# Every code `why_not_collect` may answer with: whoever questions rows must know them all beforehand.
COLLECT_CODES = (
    *("BIRTH_DATE_MISSING", "UNDER_18", "ACT_BEFORE_18", "SEALED_RECORD", "CONSENT_NEEDED", "ARREARS_UNCONFIRMED"),
    *("NOT_DETERMINED_YET", "NO_EFFECTIVE_DOCUMENT", "NOT_ADVERSE", "CHALLENGE_OPEN", "VETOED"),
)


EXAMPLE: Final = {
    "subject_kind": "natural_person",
    "nature": "adverse",
    "birth_date": "1990-05-01",
    "act_on": "2026-02-10",
    "determined_on": "2026-03-02",
    "document_no": "云罚〔2026〕1号",
    "procedure": "ordinary",
    "penalty_kinds": ["fine"],
    "challenge": "none_in_time",
}


@dataclass(frozen=True, kw_only=True)
class CollectFacts:
    """What decides whether one row may be collected (归集).

    `categories` are those of its catalogue item and of the row itself. `challenge` says where remedies against a
    penalty stand: none_in_time, upheld, pending or empty for unknown. `is_determined_only`: its item takes what was
    determined and nothing else, whatever its nature (公务员、机动车驾驶人).
    """

    subject_kind: SubjectKind
    nature: Nature
    provenance: Provenance = Provenance.DETERMINED
    categories: frozenset[Category] = frozenset()
    birth_date: date | None = None
    act_on: date | None = None
    determined_on: date | None = None
    document_no: str = ""
    procedure: str = field(default="", metadata={"choices": PROCEDURES})
    penalty_kinds: frozenset[str] = field(default=frozenset(), metadata={"choices": PENALTY_KINDS})
    is_slight_and_corrected: bool = False
    challenge: str = field(default="", metadata={"choices": ("none_in_time", "upheld", "pending")})
    consent_no: str = ""
    is_arrears_confirmed: bool = False
    is_vetoed: bool = False
    is_determined_only: bool = False


@gate("gate.collect", zh="能否归集", en="May a row be collected", facts=CollectFacts, example=EXAMPLE)
@cites("SH/2", "YCL/59", "CPLaw/286", "ZA25/136", "SH/9", "SD/13", "ZJ/11", "HN/20", "ZX/14", "SH/14", "HN/27", "SZ/39")
def why_not_collect(facts: CollectFacts, *, on: date, pack: str = law.DEFAULT_PACK) -> Refusal | None:
    """Return the first reason why a row may not be collected, or None."""
    return (
        _why_not_person(facts, on=on, pack=pack)
        or why_not_sealed(facts.categories, on=on, pack=pack)
        or _why_not_consented(facts)
        or _why_not_determined(facts)
        or _why_not_adverse(facts, on=on, pack=pack)
        or _why_not_favourable(facts)
    )


@cites("SEED1/1", "CC/17", "CPLaw/286", "YCL/59", "MPL/103", "D/adult-day-after")
def _why_not_person(facts: CollectFacts, *, on: date, pack: str) -> Refusal | None:
    """Keep out persons who are not adult now, and what they did before (N11, N12)."""
    if facts.subject_kind is not SubjectKind.NATURAL_PERSON:
        return None
    if facts.birth_date is None:
        return Refusal(
            code="BIRTH_DATE_MISSING",
            what="没有出生日期，无法确认已满十八周岁。",
            next_step="请核对证件并补充出生日期。",
            basis=("SEED1/1", "CC/17"),
        )
    years = law.value("subject.adult_years", on=on, pack=pack).number
    adult = law.adult_from(facts.birth_date, years=years)
    if on < adult:
        return Refusal(
            code="UNDER_18",
            what="不满十八周岁的人不归集信用信息。",
            why="生日次日起才按已满十八周岁计算。",
            next_step="请撤下这一行；{day}之前不得归集。",
            values={"day": adult},
            basis=("SEED1/1", "CC/17", "JUV06/2"),
            retry_on=adult,
        )
    act_on = facts.act_on or facts.determined_on
    if act_on is not None and act_on < adult:
        return Refusal(
            code="ACT_BEFORE_18",
            what="发生时不满十八周岁的事项不归集。",
            why="未成年时的违法犯罪记录依法封存，不得向任何单位和个人提供；其他事项也不从成年之前算起。",
            next_step="请撤下这一行；已封存的原件按封存规定处理。",
            basis=("CPLaw/286", "YCL/59", "MPL/103"),
        )
    return None


@cites("ZX/14¶2", "SH/14", "HN/45¶2", "ZJ/14¶2", "SD/17")
def _why_not_consented(facts: CollectFacts) -> Refusal | None:
    """Ask for a written consent where the law wants one (N2, N8)."""
    if facts.subject_kind is not SubjectKind.NATURAL_PERSON or facts.consent_no:
        return None
    if not facts.categories & {Category.CONSENT_ONLY, Category.MARKET}:
        return None
    return Refusal(
        code="CONSENT_NEEDED",
        what="这类信息须经本人书面同意才能归集。",
        why="收入、存款、有价证券、商业保险、不动产、纳税数额等和市场信用信息，须告知不利后果并取得书面同意。",
        next_step="请取得书面同意，并填写同意书编号。",
        basis=("ZX/14¶2", "SH/14", "HN/45¶2", "ZJ/14¶2"),
        field="consent_no",
    )


@cites("SEED1/3.2", "D/determined-only")
def _why_not_determined(facts: CollectFacts) -> Refusal | None:
    """Keep leads and tips out of the archives of civil servants and motorists."""
    if not facts.is_determined_only or facts.provenance is Provenance.DETERMINED:
        return None
    return Refusal(
        code="NOT_DETERMINED_YET",
        what="公务员和机动车驾驶人的档案只收已经认定的事项。",
        why="线索、举报、考核、谈话和行车记录都不归集。",
        next_step="请在认定生效以后再报送。",
        basis=("D/determined-only",),
    )


@cites("SH/9¶2(4)", "SD/13¶2", "HN/13¶3", "ZJ/11(2)", "HN/20(2)", "HN/27¶2", "SH/11¶1", "SD/16", "D/challenge-pending")
def _why_not_adverse(facts: CollectFacts, *, on: date, pack: str) -> Refusal | None:
    """Let a negative row in only as settled, weighty and documented (N5, N6, N7)."""
    if facts.nature is not Nature.ADVERSE:
        return None
    if Category.UTILITY_ARREARS in facts.categories and not facts.is_arrears_confirmed:
        return Refusal(
            code="ARREARS_UNCONFIRMED",
            what="未经确认的水电气、通信、物业等欠费不得归集为失信信息。",
            why="欠费须经依法确认，方可作为惩戒依据。",
            next_step="请先告知、等异议期满并确认欠费，再报送。",
            basis=("HN/27¶2",),
        )
    if facts.provenance is Provenance.DETERMINED and not (facts.document_no and facts.determined_on):
        return Refusal(
            code="NO_EFFECTIVE_DOCUMENT",
            what="失信信息没有生效文书的文号或者决定日期。",
            why="失信行为只能依据生效的法律文书认定。",
            next_step="请补充文书文号和决定日期。",
            basis=("SH/11¶1", "SD/16", "HN/17", "ZJ/13", "D/effective-document"),
            field="document_no" if not facts.document_no else "determined_on",
        )
    if facts.procedure == "summary" and _is_summary_excluded(facts, on=on, pack=pack):
        return _not_adverse("适用简易程序的处罚不是失信信息。")
    if facts.is_slight_and_corrected:
        return _not_adverse("违法情节轻微并主动纠正的，不是失信信息。")
    return _why_not_final(facts, on=on, pack=pack)


@cites("SH/9¶2(4)", "SD/13¶2", "HN/13¶3", "ZJ/11(2)")
def _is_summary_excluded(facts: CollectFacts, *, on: date, pack: str) -> bool:
    """Tell whether summary penalties of such a subject are no adverse information (N5): persons' never are."""
    whose = LAW.value("adverse.summary_excluded", on=on, pack=pack).value
    return whose == "all" or facts.subject_kind is SubjectKind.NATURAL_PERSON


def _not_adverse(what: str) -> Refusal:
    return Refusal(
        code="NOT_ADVERSE",
        what=what,
        why="这类处罚依法不记入失信信息。",
        next_step="请撤下这一行。",
        basis=("SH/9¶2(4)", "SD/13¶2", "HN/13¶3", "ZJ/11(2)"),
    )


@cites("ZJ/11(2)", "HN/20(2)", "D/challenge-pending")
def _why_not_final(facts: CollectFacts, *, on: date, pack: str) -> Refusal | None:
    """Keep out penalties under challenge; some packs want the time for a challenge to be over (N6)."""
    must_be_over = LAW.value("adverse.challenge_must_be_over", on=on, pack=pack).value is True
    is_over = facts.challenge in {"none_in_time", "upheld"}
    is_penalty = bool(facts.penalty_kinds)
    if facts.challenge != "pending" and (is_over or not (must_be_over and is_penalty)):
        return None
    return Refusal(
        code="CHALLENGE_OPEN",
        what="处罚仍在复议、诉讼中，或者救济期限未满。",
        why="期满未提起，或者经复议、诉讼维持的，才是失信信息。",
        next_step="请在救济程序结束后再报送。",
        basis=("ZJ/11(2)", "HN/20(2)", "D/challenge-pending"),
    )


@cites("SZ/39¶2")
def _why_not_favourable(facts: CollectFacts) -> Refusal | None:
    """Do not record a good deed against the will of its doer (N14)."""
    if not facts.is_vetoed or (facts.nature is not Nature.FAVOURABLE and Category.GOOD_DEED not in facts.categories):
        return None
    return Refusal(
        code="VETOED",
        what="本人不同意记录这项守信信息。",
        why="表彰、志愿服务、捐赠、见义勇为等信息，本人拒绝的不得记录。",
        next_step="请撤下这一行。",
        basis=("SZ/39¶2",),
    )
