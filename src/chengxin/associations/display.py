"""Associations as parts of the ui."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.associations.contracts import Act, Charter, Member
from chengxin.associations.kinds import kinds
from chengxin.casework.contracts import Case
from chengxin.casework.facade import body_name, state_of, text
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Fact, Page, State, Table, Tone, day


def register_page() -> Page:
    """Return the head of registering an association."""
    lead = _("登记以后，协会才能归档章程、登记会员。协会的会员档案不进公共信用信息。")
    return Page(title=_("登记协会"), lead=lead)


def charter_page() -> Page:
    """Return the head of an association's charter."""
    return Page(title=_("协会章程"), lead=_("自律措施只能依照归档的章程。章程公开，每一版都保留。"))


def members_page() -> Page:
    """Return the head of the members."""
    return Page(title=_("会员名册"), lead=_("只登记单位会员。会员档案只有本协会和会员自己看得到，不进公共信用信息。"))


def acts_page() -> Page:
    """Return the head of the acts."""
    lead = _("先告知会员、听取陈述申辩，由另一人决定。不是行政处罚，不记入信用记录，不作为任何限制的依据。")
    return Page(title=_("自律措施台账"), lead=lead)


def charters_table(found: Sequence[Charter]) -> Table:
    """Return the versions of a charter."""
    rows = [(Cell(value=_("第%(n)s版") % {"n": one.version}), Cell(value=day(one.adopted_on))) for one in found]
    columns = (Column(title=_("版本")), Column(title=_("通过日期")))
    empty = Empty(title=_("还没有归档章程"), meaning=_("没有章程，不能采取自律措施。"))
    return Table(caption=_("章程的版本"), columns=columns, rows=rows, empty=empty)


def members_table(found: Sequence[Member]) -> Table:
    """Return the members of an association."""
    rows = [
        (Cell(value=one.name, hint=one.number), Cell(value=day(one.joined_on)), Cell(state=_standing(one)))
        for one in found
    ]
    columns = (Column(title=_("会员")), Column(title=_("入会日期")), Column(title=_("状态")))
    return Table(caption=_("会员"), columns=columns, rows=rows, empty=_no_members())


def memberships_table(found: Sequence[Member]) -> Table:
    """Return the associations somebody is a member of."""
    rows = [
        (
            Cell(value=body_name(one.association), hint=one.number),
            Cell(value=day(one.joined_on)),
            Cell(state=_standing(one)),
        )
        for one in found
    ]
    columns = (Column(title=_("协会")), Column(title=_("入会日期")), Column(title=_("状态")))
    return Table(caption=_("加入的协会"), columns=columns, rows=rows, empty=_no_members())


def _no_members() -> Empty:
    return Empty(title=_("没有会员登记"), meaning=_("入会以后写在这里。"))


def _standing(one: Member) -> State:
    if one.left_on is None:
        return State(word=_("在会"), tone=Tone.DONE)
    return State(word=_("已退会"), tone=Tone.ENDED)


def acts_table(found: Sequence[Act], *, at: str) -> Table:
    """Return acts of self-discipline; `at` says whose page they lead to, the association's case or the member's."""
    rows = [
        (
            Cell(value=one.number, url=_address(one, at=at), hint=one.member.name),
            Cell(value=kind_words(one), hint=_("章程%s") % one.article),
            Cell(state=_holds(one)),
        )
        for one in found
    ]
    columns = (Column(title=_("编号")), Column(title=_("措施")), Column(title=_("状态")))
    empty = Empty(title=_("没有自律措施"), meaning=_("依照章程提出的措施写在这里。"))
    return Table(caption=_("自律措施"), columns=columns, rows=rows, empty=empty)


def _address(one: Act, *, at: str) -> str:
    if at == "case":
        return reverse("casework_case", args=[one.case_id])
    return reverse("own_association_act", args=[one.number])


def _holds(one: Act) -> State:
    if one.lifted_on is not None:
        return State(word=_("已解除"), tone=Tone.DONE)
    if one.decided_on is not None:
        return State(word=_("已作出"), tone=Tone.INFO)
    return State(word=_("没有生效的决定"), tone=Tone.NEUTRAL)


def kind_words(one: Act) -> str:
    """Return what an act is, in words."""
    return text(kinds()[one.kind])


def own_page() -> Page:
    """Return the head of one's own associations."""
    lead = _("您加入的协会和它们依照章程采取的措施。这些不是公共信用信息，不进报告，也不作为任何限制的依据。")
    return Page(title=_("我的协会"), lead=lead)


def own_act_page(one: Act, *, problems: bool) -> Page:
    """Return the head of one act, as its member reads it."""
    crumbs = (Crumb(text=_("我的协会"), url=reverse("own_associations")), Crumb(text=one.number))
    return Page(title=kind_words(one), eyebrow=body_name(one.member.association), crumbs=crumbs, problems=problems)


def act_facts(one: Act, case: Case) -> list[Fact]:
    """Return what a member must know of an act: where it stands, on what article, why."""
    facts = [
        Fact(name=_("状态"), value="", state=state_of(case)),
        Fact(name=_("依据"), value=_("章程%s") % one.article),
        Fact(name=_("理由"), value=one.reasons),
    ]
    if one.decided_on is not None:
        facts.append(Fact(name=_("决定日期"), value=day(one.decided_on)))
    return facts


def say_heading(verb: str) -> str:
    """Return what a member can do now."""
    return {"state": _("陈述申辩"), "appeal": _("申诉")}.get(verb, "")
