"""What is asked of a charter, of a membership and of an act by the charter."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from chengxin.associations.contracts import Charter, Member, Proposal
from chengxin.associations.kinds import kinds
from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import cites

LAW: Final = law.beside(__file__)
LONGEST: Final = 50_000
ABSENT: Final = Refusal(code="ABSENT", what="没有找到这项自律措施。", next_step="请核对编号。")
_BASIS: Final = ("D/association-apart",)
_ARTICLE: Final = re.compile(r"第[一二三四五六七八九十百零\d]+条")


def articles_of(text: str) -> frozenset[str]:
    """Return the articles of a charter: those that begin a line."""
    return frozenset(found.group() for line in text.splitlines() if (found := _ARTICLE.match(line.strip())))


def why_not_charter(text: str, *, adopted_on: date, today: date) -> Refusal | None:
    """Return why a charter is not filed, or None."""
    if not articles_of(text) or len(text) > LONGEST:
        return Refusal(
            code="AS-CHARTER",
            what="章程要分条写，每条另起一行，以“第几条”开头，最多50000字。",
            why="自律措施要依据其中一条，会员才能核对。",
            next_step="请改好以后再报。",
            basis=_BASIS,
            field="text",
        )
    if adopted_on > today:
        return Refusal(
            code="AS-CHARTER-DAY",
            what="通过章程的日期不能晚于今天。",
            next_step="请在会员大会通过以后再报。",
            field="adopted_on",
        )
    return None


def why_not_enrol(*, is_operator: bool, is_member: bool, joined_on: date, today: date) -> Refusal | None:
    """Return why somebody is not entered as a member, or None."""
    if not is_operator:
        return Refusal(
            code="AS-OPERATOR",
            what="没有这个统一社会信用代码的经营主体。",
            why="这里只登记单位会员，不给自然人建会员档案。",
            next_step="请核对代码。",
            basis=_BASIS,
            field="uscc",
        )
    if is_member:
        return Refusal(code="AS-MEMBER", what="这家单位已经是会员。", next_step="请核对会员名册。", field="uscc")
    if joined_on > today:
        return Refusal(code="AS-DAYS", what="入会日期不能晚于今天。", next_step="请核对日期。", field="joined_on")
    return None


@cites("D/association-apart")
def why_not_act(proposal: Proposal, *, charter: Charter | None, member: Member | None) -> Refusal | None:
    """Return why an act is not proposed, or None: a member, a kind, an article of the charter in force, reasons."""
    if member is None or member.left_on is not None:
        return Refusal(
            code="AS-NO-MEMBER",
            what="这家单位现在不是会员。",
            why="章程只约束会员。",
            next_step="请核对会员编号。",
            basis=_BASIS,
            field="member",
        )
    if proposal.kind not in kinds():
        return Refusal(code="AS-KIND", what="没有选择措施。", next_step="请从表里选择。", field="kind")
    if charter is None or proposal.article.strip() not in articles_of(charter.text):
        return Refusal(
            code="AS-ARTICLE",
            what="没有写明依据的章程条款，或者现行章程里没有这一条。",
            why="协会只能依照章程约束会员。",
            next_step="请先归档章程，再写明是第几条。",
            basis=_BASIS,
            field="article",
        )
    if not 2 <= len(proposal.reasons.strip()) <= 500:
        return Refusal(
            code="AS-REASONS",
            what="请写明理由，2到500字。",
            why="会员要知道为什么，才能陈述申辩。",
            next_step="写出事实，不要写别人的姓名和号码。",
            field="reasons",
        )
    return None


@cites("D/association-apart")
def why_not_third(actor_key: str, *, proposed_by: str, decided_by: str) -> Refusal | None:
    """Return why somebody may not look at an appeal: who proposed or decided may not."""
    if actor_key not in {proposed_by, decided_by}:
        return None
    return Refusal(
        code="AS-SAME-HAND",
        what="这项措施是您提出或者决定的，不能由您复核申诉。",
        why="申诉由没有参与的人复核，会员才信得过。",
        next_step="请交给同事办理。",
        basis=_BASIS,
    )
