"""May a measure be applied (M1–M16)? On the list, of the right rank, tied to the act, to whoever did it, no longer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import Level, cites, gate

LIMITS: Final = frozenset({Level.LAW, Level.REGULATION})
"""What a measure that reduces rights rests on (M3)."""
MANAGES: Final = LIMITS | {Level.LOCAL, Level.RULE}
"""What a measure of management or honours may rest on besides (M3)."""
ROLES: Final = frozenset({"legal_representative", "principal", "controller", "directly_liable"})


EXAMPLE: Final = {
    "is_on_list": True,
    "levels": ["law"],
    "reduces_rights": True,
    "act_is_listed": True,
    "object_is_listed": True,
    "body_is_listed": True,
    "is_usable": True,
    "reasons": "依照食品安全法第一百三十五条",
    "proportionality": "与违法行为的性质、情节和危害程度相当",
}


@dataclass(frozen=True, kw_only=True)
class MeasureFacts:
    """What decides whether a measure may be applied to a subject for an act by a body.

    `levels` are the ranks of its basis. `person_role` is empty when the subject itself did the act; `is_named` tells
    whether the document names the person.
    """

    is_on_list: bool = True
    levels: list[str] = field(default_factory=list, metadata={"choices": tuple(level.value for level in Level)})
    reduces_rights: bool = True
    is_court_order: bool = False
    act_is_listed: bool = True
    needs_list_entry: bool = False
    is_list_entry: bool = True
    object_is_listed: bool = True
    body_is_listed: bool = True
    is_public_body: bool = True
    by_court: bool = False
    is_usable: bool = True
    has_objection: bool = False
    is_slight_corrected: bool = False
    is_first: bool = False
    person_role: str = ""
    touches_persons: bool = False
    is_named: bool = False
    role_ended_on: date | None = None
    ends_on: date | None = None
    reasons: str | None = None
    proportionality: str | None = None
    not_spared: str | None = None


@gate("gate.measure", zh="能否实施惩戒措施", en="May a measure be applied", facts=MeasureFacts, example=EXAMPLE)
@cites(
    "SH/22",
    "SH/32",
    "SZ/66",
    "SZ/70",
    "SD/25",
    "HN/29",
    "ZJ/26",
    "ZJ/28",
    "SD/27",
    "PIPL/24¶3",
    "ZJ/28¶3",
    "SH/31",
    "ZJ/26¶2",
    "SD/28",
    "SZ/66(2)",
    "SZ/73",
    "HN/31",
    "SZ/66(3)",
    "SZ/69",
    "SH/32¶1",
    "SZ/67",
    "SH/33",
    "SZ/68",
    "ZJ/27",
    "QX14/17",
    "SH/36",
    "D/slight-never",
    "D/objection-no-measure",
    "D/measure-role",
    "SD/38¶2",
    "HN/37¶3",
    "SZ/82¶2",
    "SD/38",
    "SD/30",
    "GXF10/3",
    "GXF10/5",
    "SH/26",
    "SD/33",
)
def why_not_measure(facts: MeasureFacts, *, on: date, pack: str = law.DEFAULT_PACK) -> Refusal | None:  # noqa: ARG001
    """Return the first reason why a measure may not be applied, or None.

    `reasons`, `proportionality` and `not_spared` are None while only the matter is looked at, and asked once
    it is proposed.
    """
    return (
        _why_not_listed(facts)
        or _why_not_ranked(facts)
        or _why_not_tied(facts)
        or _why_not_usable(facts)
        or _why_not_person(facts, on=on)
        or _why_not_in_time(facts, on=on)
        or _why_not_reasoned(facts)
    )


@cites("SH/22", "SH/32¶2", "ZJ/28¶3", "SZ/70", "SD/25", "HN/29")
def _why_not_listed(facts: MeasureFacts) -> Refusal | None:
    if not facts.is_on_list:
        return _no("MEASURE-UNLISTED", "措施清单上没有这项措施。", "没有公布的措施不得实施。", ("SH/22", "SH/32"))
    return None


@cites("ZJ/26¶2", "SH/31", "SD/30", "HN/34", "SZ/66(1)", "SZ/72", "GXF10/5")
def _why_not_ranked(facts: MeasureFacts) -> Refusal | None:
    """Ask the rank of the basis (M3): a policy alone carries nothing, high-consumption limits are a court's (M12)."""
    levels = {Level(level) for level in facts.levels}
    if facts.is_court_order:
        if facts.by_court and levels & (LIMITS | {Level.COURT}):
            return None
        return _no(
            "MEASURE-COURT-ONLY",
            "限制高消费只能由人民法院决定。",
            "平台只显示人民法院的限制消费令，行政机关不得自行作出。",
            ("GXF10/3", "GXF10/5"),
        )
    if levels <= {Level.POLICY, Level.DESIGN}:
        return _no(
            "MEASURE-POLICY-ONLY",
            "这项措施只有政策文件作为依据，不能实施。",
            "减损权利或者增加义务的措施，要有法律、法规依据。",
            ("SH/31", "ZJ/26"),
        )
    if not levels & (LIMITS if facts.reduces_rights else MANAGES):
        return _no(
            "MEASURE-RANK",
            "这项措施的依据位阶不够。",
            "限制权利的措施要有法律或者行政法规依据。",
            ("SH/31", "ZJ/26"),
        )
    return None


@cites("SH/30", "SH/31", "SD/27", "SZ/66(2)", "ZJ/23", "SD/28", "HN/32", "SH/26", "SD/33", "SH/27")
def _why_not_tied(facts: MeasureFacts) -> Refusal | None:
    """Ask relevance, object and body (M2, M4, M10, M11); what market actors and associations do is no measure here."""
    if not facts.is_public_body:
        return _no(
            "MEASURE-NOT-ORGAN",
            "只有行政机关、人民法院等依法履行职责的单位可以实施。",
            "企业、协会依合同或者章程所做的，不是失信惩戒措施。",
            ("SH/26", "SD/33"),
        )
    if not facts.act_is_listed:
        return _no(
            "MEASURE-UNTIED",
            "这项措施与该失信行为没有关联。",
            "措施要与失信行为相关联，不得超出清单写明的行为。",
            ("SD/27", "SZ/66"),
        )
    if facts.needs_list_entry and not facts.is_list_entry:
        return _no(
            "MEASURE-NOT-ON-LIST",
            "这项措施只对依法列入名单的主体。",
            "没有列入名单的，只能采取一般监管措施。",
            ("SH/31", "SD/30"),
        )
    if not facts.object_is_listed:
        return _no("MEASURE-OBJECT", "清单没有规定对这类主体实施。", "不得扩大到其他主体。", ("SZ/73", "HN/29"))
    if not facts.body_is_listed:
        return _no("MEASURE-BODY", "本单位不是清单规定的实施单位。", "措施由清单写明的单位实施。", ("SZ/73", "SH/22"))
    return None


@cites("SD/38¶2", "HN/37¶3", "SZ/82¶2", "SZ/67", "SH/36", "D/slight-never", "D/objection-no-measure")
def _why_not_usable(facts: MeasureFacts) -> Refusal | None:
    """Ask whether what it rests on still counts (M9), is disputed, or is too slight (M7)."""
    if not facts.is_usable:
        return _no(
            "MEASURE-BASIS-ENDED",
            "所依据的信息已经到期、修复、撤回或者冻结。",
            "已经结束的信息不得作为惩戒依据。",
            ("SD/38", "SZ/82"),
        )
    if facts.has_objection:
        return _no(
            "MEASURE-OBJECTION",
            "所依据的信息正在异议处理中。",
            "处理完毕以前不得采取新的措施。",
            ("SH/36", "D/objection-no-measure"),
        )
    if facts.is_slight_corrected:
        return _no(
            "MEASURE-SLIGHT",
            "记录写明失信行为轻微，不予惩戒。",
            "轻微、及时纠正、没有造成危害后果的，不予实施；平台对轻微的一律不用。",
            ("SZ/67", "D/slight-never"),
        )
    return None


@cites("SH/33", "SD/31", "HN/35", "ZJ/27", "SZ/68", "D/measure-role")
def _why_not_person(facts: MeasureFacts, *, on: date) -> Refusal | None:
    """Ask who is touched (M8): only whom the document names as liable; relatives, household and colleagues never."""
    if not facts.person_role:
        return None
    if facts.person_role not in ROLES:
        return _no(
            "MEASURE-LINKED",
            "不得对家属、同住人、同事等其他人实施。",
            "只能对负有责任的法定代表人、主要负责人、实际控制人和直接责任人员实施，禁止株连。",
            ("SH/33", "SZ/68"),
        )
    if not facts.touches_persons:
        return _no("MEASURE-OBJECT", "清单没有规定对这类责任人员实施。", "不得扩大到其他主体。", ("SZ/73", "HN/29"))
    if not facts.is_named:
        return _no(
            "MEASURE-NOT-NAMED",
            "没有写明这个责任人员的文书。",
            "责任人员以文书写明的为准。",
            ("SH/33", "ZJ/27"),
        )
    if facts.role_ended_on is not None and on >= facts.role_ended_on:
        return _no("MEASURE-ROLE-ENDED", "这个人已经不再担任该职务。", "措施随职务结束而结束。", ("D/measure-role",))
    return None


@cites("SD/38¶2", "HN/37¶3")
def _why_not_in_time(facts: MeasureFacts, *, on: date) -> Refusal | None:
    if facts.ends_on is not None and on >= facts.ends_on:
        return _no("MEASURE-OVER", "法定期限已经届满。", "期满不得再实施。", ("SD/38",))
    return None


@cites("SZ/69", "SH/32¶1", "SD/27", "HN/31", "ZJ/28¶2", "SZ/66(3)", "SZ/67")
def _why_not_reasoned(facts: MeasureFacts) -> Refusal | None:
    """Ask the words of the notice and the decision (M5, M6), and of a first act why it is not spared (M7)."""
    if facts.reasons is not None and not facts.reasons.strip():
        return _no("MEASURE-REASONS", "请写明理由。", "要书面告知依据、理由和救济途径。", ("SZ/69",), field="reasons")
    if facts.proportionality is not None and not facts.proportionality.strip():
        return _no(
            "MEASURE-PROPORTION",
            "请写明为什么这项措施是相当的。",
            "措施要与行为的性质、情节和危害程度相当。",
            ("SD/27", "SZ/66"),
            field="proportionality",
        )
    if facts.is_first and facts.not_spared is not None and not facts.not_spared.strip():
        return _no(
            "MEASURE-SPARE",
            "平台上没有更早的同类记录。初次、危害后果轻微并且已经及时纠正的，可以不予实施。",
            "仍要实施的，请写明为什么；不实施的，不用提出。",
            ("SZ/67",),
            field="not_spared",
        )
    return None


def _no(code: str, what: str, why: str, basis: tuple[str, ...], *, field: str = "") -> Refusal:
    return Refusal(code=code, what=what, why=why, basis=basis, field=field)
