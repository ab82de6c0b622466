"""How matters of accounts are shown."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from chengxin.access.contracts import Restriction
from chengxin.accounts.actions import Standing
from chengxin.casework import facade as casework
from chengxin.kernel.actor import Actor
from chengxin.ui.facade import Crumb, Empty, Fact, Page, Step, day, moment


def reset_page(*, problems: bool) -> Page:
    """Return the head of the page on which a reset is proposed."""
    title = _("重置第二重验证")
    lead = _("持有人的手机、密钥和备用码都不在了才用。提出以后要由另一位管理员再核对一次，持有人会收到通知。")
    crumbs = (Crumb(text=_("工作台"), url="/office"), Crumb(text=title))
    return Page(title=title, lead=lead, crumbs=crumbs, problems=problems)


def appeal_page(*, problems: bool) -> Page:
    """Return the head of the page of one's own limits."""
    title = _("账户限制和申诉")
    lead = _("账户被冻结或者限速，只影响工作岗位的使用，不是对您的认定，也不影响您自己的信用信息。")
    return Page(title=title, lead=lead, crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=title)), problems=problems)


def limit_facts(limit: Restriction) -> list[Fact]:
    """Return what a limit is, who ordered it, why, and until when."""
    by_machine = limit.ordered_by.startswith("platform:")
    return [
        Fact(name=_("限制"), value=_("冻结岗位权限") if limit.kind == "freeze" else _("限速")),
        Fact(name=_("由谁决定"), value=_("系统自动提出，等待人核查") if by_machine else _("安全管理员")),
        Fact(name=_("理由"), value=limit.reasons),
        Fact(name=_("开始"), value=moment(limit.starts_at)),
        Fact(name=_("到期自动解除"), value=moment(limit.ends_at)),
        *([Fact(name=_("案件编号"), value=limit.case_number)] if limit.case_number else []),
    ]


def appeal_facts(standing: Standing) -> list[Fact]:
    """Return the number of the appeal, where it stands and until when it is answered."""
    case = standing.appeal
    if case is None:
        return []
    due = [Fact(name=_("答复期限"), value=day(case.due_on))] if case.due_on else []
    return [
        Fact(name=_("编号"), value=case.number),
        Fact(name=_("状态"), state=casework.state_of(case), value=""),
        *due,
    ]


def appeal_steps(standing: Standing, *, actor: Actor) -> Sequence[Step]:
    """Return the course of the appeal."""
    if standing.appeal is None:
        return ()
    return casework.timeline_steps(standing.appeal, list(standing.steps), actor=actor)


def not_limited() -> Empty:
    """Return what stands where no limit is."""
    return Empty(
        title=_("您的账户没有受到限制"),
        meaning=_("岗位可以照常使用。"),
        would_appear=_("账户被冻结或者限速时，这里写明由谁决定、为什么、到什么时候，并且可以申诉。"),
    )
