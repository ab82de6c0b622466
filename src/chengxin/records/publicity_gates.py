"""What may not be published although it was accepted (law-rules §3): accepted is not notified is not published."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from chengxin.catalogue.contracts import PENALTY_KINDS, PROCEDURES, SEVERITIES, Category, Disclosure, Nature
from chengxin.kernel.refusal import Refusal
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law import facade as law
from chengxin.law.facade import cites, gate
from chengxin.records.contracts import Provenance

LAW = law.beside(__file__)
_WARNING = frozenset({"warning"})
EXAMPLE: Final = {
    "subject_kind": "legal_person",
    "nature": "adverse",
    "severity": "general",
    "procedure": "ordinary",
    "penalty_kinds": ["fine"],
    "notified_on": "2026-03-02",
    "determined_on": "2026-03-02",
    "document_no": "云罚〔2026〕1号",
    "subject_name": "云汀示例商行",
    "body": "云汀市市场监督管理局",
}


@dataclass(frozen=True, kw_only=True)
class PublicityFacts:
    """What decides whether an accepted row may be published (公示)."""

    subject_kind: SubjectKind
    nature: Nature
    provenance: Provenance = Provenance.DETERMINED
    disclosure: frozenset[Disclosure] = frozenset({Disclosure.PUBLIC})
    categories: frozenset[Category] = frozenset()
    severity: str = field(default="", metadata={"choices": SEVERITIES})
    procedure: str = field(default="", metadata={"choices": PROCEDURES})
    penalty_kinds: frozenset[str] = field(default=frozenset(), metadata={"choices": PENALTY_KINDS})
    notified_on: date | None = None
    determined_on: date | None = None
    document_no: str = ""
    subject_name: str = ""
    body: str = ""
    has_consent: bool = False
    is_vetoed: bool = False
    person_publicity_key: str = ""


@cites("ZA25/136", "YCL/59")
def why_not_sealed(categories: frozenset[Category], *, on: date, pack: str) -> Refusal | None:
    """Keep out sealed records: public-security penalties since 2026 (N13) and whatever is tagged as sealed."""
    sealed = LAW.find("sealed.public_security", on=on, pack=pack)
    by_law = Category.PUBLIC_SECURITY in categories and sealed is not None and sealed.value is True
    if not by_law and Category.SEALED not in categories:
        return None
    return Refusal(
        code="SEALED_RECORD",
        what="封存的记录不得归集、提供或者公开。",
        why="法律规定违反治安管理的记录予以封存。" if by_law else "该记录已依法封存。",
        next_step="请撤下这一行。",
        basis=("ZA25/136",) if by_law else ("YCL/59",),
    )


@gate("gate.publish", zh="能否公示", en="May a row be published", facts=PublicityFacts, example=EXAMPLE)
@cites("PIPL/25", "SD/20¶3", "ZJ/15¶2", "GS45/2", "GS45/8", "O36", "SZ/39", "D/provenance", "D/minimum-facts")
def why_not_publish(facts: PublicityFacts, *, on: date, pack: str = law.DEFAULT_PACK) -> Refusal | None:
    """Return the first reason why an accepted row may not be published, or None."""
    return (
        _why_not_mode(facts)
        or _why_not_determined(facts)
        or _why_not_named(facts, on=on, pack=pack)
        or why_not_sealed(facts.categories, on=on, pack=pack)
        or _why_not_weighty(facts, on=on, pack=pack)
        or _why_not_notified(facts, on=on)
    )


@cites("SD/20", "ZJ/15", "HN/18", "D/minimum-facts")
def _why_not_mode(facts: PublicityFacts) -> Refusal | None:
    if Disclosure.PUBLIC not in facts.disclosure:
        return _not_public("NOT_PUBLIC_BY_CATALOGUE", "目录没有把这类信息列为公开公示。", "ZJ/15", "SD/20")
    missing = [
        words
        for words, given in (
            ("名称", facts.subject_name),
            ("文号", facts.document_no or facts.nature is not Nature.ADVERSE),
            ("决定日期", facts.determined_on),
            ("决定机关", facts.body),
        )
        if not given
    ]
    if missing:
        said = _not_public("FACTS_MISSING", "缺少公示所需的内容：{missing}。", "GS45/4", "D/minimum-facts")
        return replace(said, values={"missing": "、".join(missing)})
    return None


@cites("SH/11¶1", "D/provenance")
def _why_not_determined(facts: PublicityFacts) -> Refusal | None:
    if facts.provenance is Provenance.DETERMINED:
        return None
    return _not_public("NOT_DETERMINED", "这是线索或者举报，尚未认定，不公示。", "D/provenance")


@cites("PIPL/25", "SD/20¶3", "ZJ/15¶2", "SZ/39¶2")
def _why_not_named(facts: PublicityFacts, *, on: date, pack: str) -> Refusal | None:
    """Name no natural person unless a binding key of law says so; good things only with consent, never over a veto."""
    if facts.is_vetoed:
        return _not_public("VETOED", "本人拒绝公示。", "SZ/39¶2")
    if facts.subject_kind is not SubjectKind.NATURAL_PERSON:
        return None
    if facts.nature is Nature.FAVOURABLE and facts.has_consent:
        return None
    if facts.person_publicity_key:
        value = law.find(facts.person_publicity_key, on=on, pack=pack)
        if value is not None and value.value is True and not value.provisional:
            return None
    return _not_public("NATURAL_PERSON", "自然人的信用信息不公开公示。", "PIPL/25", "SD/20¶3", "ZJ/15¶2")


@cites("GS45/2", "O36", "O58")
def _why_not_weighty(facts: PublicityFacts, *, on: date, pack: str) -> Refusal | None:
    """Never publish a mere warning, a summary penalty (D8) or a minor matter (D10)."""
    if facts.nature is not Nature.ADVERSE:
        return None
    if facts.penalty_kinds and facts.penalty_kinds <= _WARNING:
        return _not_public("WARNING_ONLY", "仅受警告的处罚不公示。", "GS45/2¶2")
    if facts.procedure == "summary":
        return _not_public("SUMMARY_PROCEDURE", "适用简易程序的处罚不公示。", "GS45/2¶1")
    severity = facts.severity or _minor_at_most(facts, on=on, pack=pack)
    if severity:
        value = LAW.value("publicity.by_severity", on=on, pack=pack, severity=severity)
        if value.number == 0:
            return _not_public("MINOR_NOT_PUBLISHED", "轻微失信信息不公示。", *value.cites)
    return None


@cites("O36", "O58")
def _minor_at_most(facts: PublicityFacts, *, on: date, pack: str) -> str:
    """Return minor where the penalties alone say so and nobody filed a class, else nothing."""
    minor = LAW.find("severity.minor_kinds", on=on, pack=pack)
    if minor is None or not facts.penalty_kinds:
        return ""
    return "minor" if facts.penalty_kinds <= set(str(minor.value).split()) else ""


@cites("GS45/8", "SZ/39¶3", "PIPL/17", "D/proven-notice")
def _why_not_notified(facts: PublicityFacts, *, on: date) -> Refusal | None:
    """Publish nothing adverse before its subject has provably been told (red line 19)."""
    if facts.nature is not Nature.ADVERSE:
        return None
    told = facts.notified_on
    if told is not None and told <= on:
        return None
    is_evaluation = Category.EVALUATION in facts.categories
    return Refusal(
        code="EVALUATION_NOT_NOTIFIED" if is_evaluation else "NOT_NOTIFIED",
        what="还没有告知当事人的证明，不公示。",
        why="不利信息公示之前须告知当事人。" if not is_evaluation else "公开不利的评价结果之前须告知当事人。",
        next_step="请补充告知日期；收下的信息先不公示。",
        basis=("SZ/39¶3",) if is_evaluation else ("GS45/8", "D/proven-notice"),
        retry_on=told,
        field="notified_on",
    )


def _not_public(code: str, what: str, *basis: str) -> Refusal:
    return Refusal(code=code, what=what, why="", next_step="这条记录可以归集，不公示。", basis=basis)
