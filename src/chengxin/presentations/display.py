"""Presentations as parts of the ui."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.archives import facade as archives
from chengxin.archives.contracts import Line
from chengxin.audit.contracts import Look
from chengxin.presentations.claims import claims, reasons
from chengxin.presentations.contracts import Presentation, Shown, Standing
from chengxin.ui.facade import Crumb, Empty, Fact, Page, RecordLine, State, Tone, in_language, moment, series


def list_page() -> Page:
    """Return the head of one's own presentations."""
    lead = _("租房、求职时，不用交报告，也不用给对方授权：您选要出示的内容，对方凭码当场看一眼，您随时可以收回。")
    return Page(title=_("出示给别人"), lead=lead)


def new_page(*, problems: bool) -> Page:
    """Return the head of the form."""
    crumbs = (Crumb(text=_("出示给别人"), url=reverse("presentations")), Crumb(text=_("新的出示")))
    return Page(title=_("选要出示的内容"), lead=_("没有替您预先勾选。选得越少越好。"), crumbs=crumbs, problems=problems)


def made_page() -> Page:
    """Return the head of the page that shows the code, once."""
    crumbs = (Crumb(text=_("出示给别人"), url=reverse("presentations")), Crumb(text=_("出示码")))
    return Page(
        title=_("把这个码给对方"), lead=_("这个码只显示这一次，平台没有留存。丢了就收回，再做一个。"), crumbs=crumbs
    )


def code_page(*, problems: bool = False) -> Page:
    """Return the head of the page where a code is opened."""
    crumbs = (
        Crumb(text=_("首页"), url="/"),
        Crumb(text=_("报告验真"), url=reverse("verify")),
        Crumb(text=_("查看出示")),
    )
    lead = _("有人把出示码给了您。打开以后，本人会看到什么时候打开过。")
    return Page(title=_("查看本人出示的内容"), lead=lead, crumbs=crumbs, problems=problems)


def shown_page(shown: Shown) -> Page:
    """Return the head of what was opened."""
    crumbs = (Crumb(text=_("首页"), url="/"), Crumb(text=_("查看出示")))
    lead = _("截至%s，由公共信用信息平台按本人的选择提供。") % moment(shown.as_of)
    return Page(title=_("本人出示的内容"), lead=lead, crumbs=crumbs)


def facts_of(one: Presentation) -> list[Fact]:
    """Return what a presentation shows, to whom, until when and how often."""
    what = [claim_words(code) for code in one.claims]
    if one.is_whole:
        what.append(_("全部信息"))
    elif one.lines:
        what.append(_("%s条信息") % one.lines)
    return [
        Fact(name=_("出示的内容"), value=series(what), hint=_("显示姓名") if one.shows_name else _("不显示姓名")),
        Fact(name=_("用途"), value=reason_words(one.reason), hint=one.recipient),
        Fact(name=_("有效期至"), value=one.ends_at),
        Fact(name=_("打开次数"), value=_("%(uses)s次，最多%(most)s次") % {"uses": one.uses, "most": one.uses_most}),
    ]


def state_of(standing: Standing) -> State:
    """Return where a presentation stands."""
    words = {
        Standing.OPEN: (_("可以打开"), Tone.INFO),
        Standing.WITHDRAWN: (_("已收回"), Tone.ENDED),
        Standing.USED_UP: (_("次数已用完"), Tone.ENDED),
        Standing.ENDED: (_("已到期"), Tone.ENDED),
    }
    word, tone = words[standing]
    return State(word=word, tone=tone)


def opening_words(look: Look) -> str:
    """Say when somebody opened it, or tried to."""
    told = {"at": moment(look.at), "what": archives.outcome_words(look)}
    return _("%(at)s：%(what)s") % told


def nothing_shown() -> Empty:
    """Say that nothing was shown yet."""
    return Empty(title=_("您还没有出示过"), meaning=_("出示过的内容、谁在什么时候打开过，都会列在这里。"))


def shown_facts(shown: Shown) -> list[Fact]:
    """Return whose it is, what for, and each claim as it is now."""
    facts = [Fact(name=_("姓名"), value=shown.name or _("本人选择不显示"))]
    facts.append(Fact(name=_("用途"), value=reason_words(shown.presentation.reason), hint=shown.presentation.recipient))
    facts += [
        Fact(
            name=claim_words(code),
            value="",
            state=State(word=_("成立"), tone=Tone.DONE) if answer else State(word=_("现在不能证明"), tone=Tone.NEUTRAL),
        )
        for code, answer in shown.claims
    ]
    if shown.gone:
        facts.append(Fact(name=_("所选信息"), value=_("有%s条现在不能出示") % shown.gone))
    return facts


def lines_of(lines: Sequence[Line], *, today: date) -> list[RecordLine]:
    """Return the lines as a recipient sees them."""
    return [archives.presented_record(line, today=today) for line in lines]


def claim_words(code: str) -> str:
    """Return a claim in words."""
    claim = claims().get(code)
    return in_language(claim.zh, claim.en) if claim else code


def reason_words(code: str) -> str:
    """Return a reason in words."""
    reason = reasons().get(code)
    return in_language(reason.zh, reason.en) if reason else code
