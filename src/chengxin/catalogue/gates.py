"""The catalogue's gates as questions a lawyer can ask from a terminal; `rules` applies the same ones to whole items."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from chengxin.catalogue.rules import CONSENT_ONLY, FORBIDDEN
from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import cites, gate

MUST_STATE = {
    "title": "信息事项",
    "act": "对应的具体行为",
    "nature": "信息性质",
    "code": "数据代码",
    "format": "数据格式",
    "disclosure": "披露方式（公开属性）",
    "share_scope": "共享范围",
    "retention": "保存期限",
    "update_cycle": "更新周期",
    "source": "提供单位",
    "basis": "法定依据",
}


@dataclass(frozen=True, kw_only=True)
class FieldFacts:
    """What decides whether a field may be declared: its words, and whether a written consent goes with it."""

    name: str
    title_zh: str = ""
    title_en: str = ""
    is_about_persons: bool = True
    has_consent_field: bool = False


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """What decides whether an item is complete: the parts it states, by the names of `MUST_STATE`."""

    states: frozenset[str] = field(default=frozenset(), metadata={"choices": tuple(MUST_STATE)})


@gate(
    "gate.declare_field",
    zh="目录能否设这个字段",
    en="May the catalogue have this field",
    facts=FieldFacts,
    example={"name": "annual_income", "title_zh": "年收入"},
)
@cites("ZX/14", "SH/14", "ZJ/14", "HN/45¶2", "SD/42", "PIPL/28", "D/biometrics")
def why_not_field(facts: FieldFacts, *, on: date, pack: str = law.DEFAULT_PACK) -> Refusal | None:
    """Refuse what may never be collected (N1) and what wants a written consent that the item does not ask for (N2)."""
    del on, pack
    words = " ".join((facts.name, facts.name.replace("_", " "), facts.title_zh, facts.title_en))
    found = FORBIDDEN.search(words)
    if found:
        return Refusal(
            code="FORBIDDEN_FIELD",
            what="目录不能设“{field}”这个字段。",
            why="“{word}”属于任何情况下都不得归集的信息。",
            next_step="请去掉这个字段。",
            basis=("ZX/14¶1", "SH/14¶3", "ZJ/14¶1", "HN/45¶2", "SD/42¶3"),
            field=facts.name,
            values={"field": facts.title_zh or facts.name, "word": found[0]},
        )
    found = CONSENT_ONLY.search(words)
    if found and facts.is_about_persons and not facts.has_consent_field:
        return Refusal(
            code="CONSENT_NEEDED",
            what="“{field}”须经本人书面同意才能归集。",
            why="“{word}”须告知不利后果并取得书面同意。",
            next_step="请在条目中增加必填的同意书编号字段，或者去掉这个字段。",
            basis=("ZX/14¶2", "SH/14¶2", "ZJ/14¶2", "HN/45¶2"),
            field=facts.name,
            values={"field": facts.title_zh or facts.name, "word": found[0]},
        )
    return None


@gate(
    "gate.declare_item",
    zh="目录条目是否写全",
    en="Does an item state all it must",
    facts=ItemFacts,
    example={"states": list(MUST_STATE)},
)
@cites("SD/10", "HN/11", "SZ/34", "SH/11¶1")
def why_not_item(facts: ItemFacts, *, on: date, pack: str = law.DEFAULT_PACK) -> Refusal | None:
    """Demand what a catalogue item must state: the union of the three regulations."""
    del on, pack
    missing = [words for part, words in MUST_STATE.items() if part not in facts.states]
    if not missing:
        return None
    return Refusal(
        code="ITEM_INCOMPLETE",
        what="目录条目没有写明：{missing}。",
        why="目录条目应当写明这些内容。",
        next_step="请补充后再提交。",
        basis=("SD/10", "HN/11", "SZ/34"),
        values={"missing": "、".join(missing)},
    )
