"""May this be promised, in which words, and may a breach be found?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from chengxin.commitments.contracts import Content, Maker, Sentence, Template
from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import cites

LAW: Final = law.beside(__file__)
Chosen = Mapping[Content, Mapping[str, int]]

ABSENT: Final = Refusal(code="ABSENT", what="没有找到这份承诺。", next_step="请核对承诺书编号。")


@cites("SD/17", "EC/10")
def why_not_sign(
    maker: Maker, chosen: Chosen, *, is_person: bool, has_standing: bool, known: Mapping[Content, Template]
) -> Refusal | None:
    """Return why a commitment cannot be signed, or None; without a sentence it withdraws the standing one."""
    if (maker is Maker.INDIVIDUAL) is not is_person:
        return Refusal(
            code="CM-MAKER",
            what="您的账户不能以这一类主体的身份承诺。",
            why="个人卖家由自然人本人承诺，平台、商家和寄递企业由登记的经营主体承诺。",
            next_step="请换用对应的账户，或者选择另一类。",
            basis=("EC/10",),
        )
    if not chosen and not has_standing:
        return Refusal(code="CM-NOTHING", what="您还没有选择承诺什么。", next_step="请至少选一条。")
    for content, values in chosen.items():
        template = known[content]
        for name, bounds in template.values.items():
            if name not in values or not bounds.least <= values[name] <= bounds.most:
                return Refusal(
                    code="CM-VALUE",
                    what="这个数字要在{least}到{most}之间。",
                    why="承诺要能核对，也不能低于法律规定。",
                    next_step="请改成范围以内的整数。",
                    basis=tuple(template.basis),
                    field=f"{content.value}-{name}",
                    values={"least": str(bounds.least), "most": str(bounds.most)},
                )
    return None


def write(number: str, chosen: Chosen, *, known: Mapping[Content, Template]) -> list[Sentence]:
    """Return the sentences of a commitment in the order of their contents, each with an id of its own."""
    return [
        Sentence(
            id=f"{number}-{place}",
            content=content,
            tags=template.tags,
            values=dict(chosen[content]),
            zh=template.zh.format(**chosen[content]),
            en=template.en.format(**chosen[content]),
        )
        for place, (content, template) in enumerate(known.items(), start=1)
        if content in chosen
    ]


@cites("SD/17", "D/commitment-rectify")
def rectify_by(told_on: date, *, pack: str = law.DEFAULT_PACK) -> date:
    """Return the last day on which a promise that was found broken may be made good (整改期限)."""
    return LAW.due("commitment.rectify", start=told_on, on=told_on, pack=pack).last_day


def why_not_break(told_on: date, *, on: date, pack: str = law.DEFAULT_PACK) -> Refusal | None:
    """Return why a breach cannot be proposed yet, or None: the time to make it good comes first."""
    last = rectify_by(told_on, pack=pack)
    if on > last:
        return None
    return Refusal(
        code="CM-RECTIFY-FIRST",
        what="整改期限还没有满，不能提请认定违诺。",
        why="限期内整改的，记为已整改，不是违约。",
        next_step="请等到{day}以后，或者核实整改以后提请记为已整改。",
        basis=("SD/17", "D/commitment-rectify"),
        values={"day": last},
    )
