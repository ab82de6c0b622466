"""Who may be put on a serious list, and how (S1–S10): a closed scope, a standard of law, all told beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import Level, cites, gate, level_of
from chengxin.lists.contracts import Family, Kind

SETS_A_LIST: Final = frozenset({Level.LAW, Level.REGULATION, Level.LOCAL})
FOR_THE_TIME_BEING: Final = frozenset({Level.RULE})
"""A ministry rule may set a list temporarily (国办发〔2020〕49号); a policy or a choice of ours never does."""


EXAMPLE: Final = {
    "has_standard": True,
    "reason": "受到较重行政处罚，情节严重",
    "legal_basis": "《市场监督管理严重违法失信名单管理办法》",
    "measures_told": "列入以后依法从严监管",
    "exit_told": "履行义务满一年可以申请提前移出；不服的可以复议、诉讼",
    "basis_is_usable": True,
    "needs_heavier_penalty": True,
    "is_heavier_penalty": True,
    "needs_upper_consent": True,
    "upper_consent_no": "云市监函〔2026〕1号",
}


@dataclass(frozen=True, kw_only=True)
class ListingFacts:
    """What decides whether a listing may be drafted: the record it rests on, and what the notice will say."""

    has_standard: bool = True
    reason: str = ""
    legal_basis: str = ""
    measures_told: str = ""
    exit_told: str = ""
    basis_is_usable: bool = False
    basis_has_objection: bool = False
    needs_heavier_penalty: bool = False
    is_heavier_penalty: bool = False
    needs_upper_consent: bool = False
    upper_consent_no: str = ""


@cites("SH/25¶2", "SD/29", "SZ/76", "ZJ/24", "SZ/77", "SH/24", "GB49")
def why_not_kind(kind: Kind) -> Refusal | None:
    """Return why a kind may not be a list (S1, S2, S9): outside the closed scope, or set by no law."""
    if kind.family is Family.SERIOUS and kind.scope is None:
        return Refusal(
            code="LIST-SCOPE",
            what="这种名单不在法定的范围内。",
            why="严重失信主体名单只有五类情形，不得扩大。",
            next_step="请删去这种名单。",
            basis=("SH/25", "SZ/76"),
        )
    levels = {level_of(citation) for citation in kind.basis}
    allowed = SETS_A_LIST | FOR_THE_TIME_BEING | ({Level.COURT} if kind.family is Family.MIRROR else set())
    if not levels & allowed:
        return Refusal(
            code="LIST-BASIS",
            what="这种名单没有法律、法规或者部门规章作为依据。",
            why="列入标准要由法律、法规规定，或者暂由部门规章规定；政策文件不能设立名单。",
            next_step="请先找到依据，再设立名单。",
            basis=("SZ/77", "SH/24"),
        )
    return None


@gate(
    "gate.listing", zh="能否拟列入严重失信主体名单", en="May a listing be drafted", facts=ListingFacts, example=EXAMPLE
)
@cites(
    "HN/28¶3",
    "ZJ/28¶1",
    "SZ/78",
    "SH/25¶3",
    "SAMR44",
    "SZ/77",
    "SH/36",
    "D/list-basis",
    "D/list-standard",
    "D/objection-no-measure",
)
def why_not_listing(facts: ListingFacts, *, on: date, pack: str = law.DEFAULT_PACK) -> Refusal | None:  # noqa: ARG001
    """Return why a listing may not be drafted, or None."""
    if not facts.has_standard:
        return Refusal(
            code="LIST-NO-STANDARD",
            what="这种名单还没有列入标准，不能拟列入。",
            why="没有查到规定列入标准的法律、法规或者部门规章。",
            next_step="请依法作出别的处理；查到依据的，请告诉信用主管部门。",
            basis=("SZ/77", "D/list-standard"),
        )
    return _why_not_founded(facts) or _why_not_complete(facts) or _why_not_grave(facts)


def _why_not_founded(facts: ListingFacts) -> Refusal | None:
    if not facts.basis_is_usable:
        return Refusal(
            code="LIST-NO-BASIS",
            what="没有可以依据的记录。",
            why="列入名单要依据已经认定、没有撤回、没有修复、没有到期的记录。",
            next_step="请填写本单位已经入库的决定文号；没有的，先认定。",
            basis=("D/list-basis",),
            field="basis_document_no",
        )
    if facts.basis_has_objection:
        return Refusal(
            code="LIST-OBJECTION",
            what="所依据的记录正在异议处理中。",
            why="异议处理完毕以前，不得据此采取新的措施。",
            next_step="请等异议处理完毕。",
            basis=("SH/36", "D/objection-no-measure"),
            field="basis_document_no",
        )
    return None


def _why_not_complete(facts: ListingFacts) -> Refusal | None:
    """Return what the notice would not say: grounds, basis, measures, how to leave (S3, S6)."""
    asked = (
        ("entry_reason", facts.reason, "列入事由"),
        ("legal_basis", facts.legal_basis, "列入依据"),
        ("measures_told", facts.measures_told, "列入以后可能采取的措施"),
        ("exit_conditions", facts.exit_told, "移出条件和救济途径"),
    )
    for field, said, title in asked:
        if not said.strip():
            return Refusal(
                code="LIST-INCOMPLETE",
                what="告知书缺少“{title}”。",
                why="列入以前要告知事由、依据、措施提示、移出条件和救济途径。",
                next_step="请补充以后再试。",
                basis=("HN/28", "SZ/78", "SH/25"),
                field=field,
                values={"title": title},
            )
    return None


def _why_not_grave(facts: ListingFacts) -> Refusal | None:
    """Return which condition of its own text a listing does not meet (S10)."""
    if facts.needs_heavier_penalty and not facts.is_heavier_penalty:
        return Refusal(
            code="LIST-NOT-GRAVE",
            what="所依据的处罚不够重，不能列入这种名单。",
            why="列入这种名单，要先受到较重行政处罚，并且情节严重。",
            next_step="请核对处罚种类和严重程度。",
            basis=("SAMR44",),
            field="basis_document_no",
        )
    if facts.needs_upper_consent and not facts.upper_consent_no.strip():
        return Refusal(
            code="LIST-NO-CONSENT",
            what="没有上级部门同意的文号。",
            why="市、县两级部门决定列入，要经上级部门同意。",
            next_step="请填写上级部门同意列入的文号。",
            basis=("SAMR44",),
            field="upper_consent_no",
        )
    return None
