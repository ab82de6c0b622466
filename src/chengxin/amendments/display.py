"""Amendments as parts of the ui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.amendments.contracts import Amendment, Comment, HiddenBecause, Look, Verdict
from chengxin.amendments.forms import HIDDEN_WORDS, VERDICT_WORDS
from chengxin.amendments.kinds import kind_of
from chengxin.casework import facade as casework
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Link,
    Page,
    Pager,
    Progress,
    State,
    Step,
    Table,
    Tone,
    day,
    in_language,
    moment,
)

PROCEDURE = "catalogue_change"


def list_page() -> Page:
    """Return the head of the public list."""
    return Page(
        title=_("目录修订"),
        lead=_("目录要改，先公开草案听您的意见，再评估、答复，由另一个人批准。批准的版本到生效日自动启用。"),
        crumbs=(
            Crumb(text=_("首页"), url="/"),
            Crumb(text=_("目录清单"), url=reverse("catalogue")),
            Crumb(text=_("目录修订")),
        ),
        wide=True,
    )


def public_table(found: Sequence[Amendment], *, pager: Pager) -> Table:
    """Return the opened amendments."""
    rows = [
        (
            Cell(value=title_of(one), url=reverse("amendment", args=[one.item.code, one.place]), hint=one.number),
            Cell(state=state_of(one)),
            Cell(value=one.opened_on or ""),
            Cell(value=one.closes_on or ""),
            Cell(value=one.item.effective_on),
        )
        for one in found
    ]
    titles = (_("条目"), _("状态"), _("开始征求意见"), _("意见截止"), _("拟生效"))
    return Table(
        caption=_("目录修订"),
        caption_hidden=True,
        columns=tuple(Column(title=title) for title in titles),
        rows=rows,
        empty=Empty(
            title=_("还没有目录修订"),
            meaning=_("现行目录还没有修订过。有草案公开征求意见时，会列在这里。"),
            link=Link(text=_("查看现行目录"), url=reverse("catalogue")),
        ),
        pager=pager,
    )


def public_page(one: Amendment, *, problems: bool) -> Page:
    """Return the head of one amendment as everybody sees it."""
    crumbs = (
        Crumb(text=_("首页"), url="/"),
        Crumb(text=_("目录修订"), url=reverse("amendments")),
        Crumb(text=title_of(one)),
    )
    return Page(title=title_of(one), lead=_lead(one), crumbs=crumbs, states=(state_of(one),), problems=problems)


def _lead(one: Amendment) -> str:
    if one.earlier is None:
        return _("拟在目录里新增这个条目。")
    return _("拟把第%(old)s版改为第%(new)s版。") % {"old": one.earlier.version, "new": one.item.version}


def facts(one: Amendment) -> list[Fact]:
    """Return the summary of an amendment."""
    found = [
        Fact(name=_("编号"), value=one.number),
        Fact(name=_("修订单位"), value=casework.body_name(one.body)),
        Fact(name=_("修订理由"), value=one.reasons),
        Fact(name=_("拟生效"), value=one.item.effective_on, hint=_("批准以后到这一天自动启用。")),
    ]
    if one.opened_on and one.closes_on:
        period = _("%(first)s至%(last)s") % {"first": day(one.opened_on), "last": day(one.closes_on)}
        found.insert(2, Fact(name=_("征求意见"), value=period, hint=_("两天都包括在内。天数暂定为三十日。")))
    if one.decided_at:
        found.append(Fact(name=_("决定"), value=moment(one.decided_at), state=state_of(one)))
        found.append(Fact(name=_("决定的理由"), value=one.decision_reasons))
    if one.earlier is not None:
        link = Link(text=_("查看现行条目"), url=kind_of(one.item.code).address(one.item.code))
        found.append(Fact(name=_("现行版本"), value=_("第%s版") % one.earlier.version, link=link))
    return found


def changes_table(one: Amendment) -> Table | None:
    """Return what changes, field by field; a new item has nothing to be compared with."""
    if one.earlier is None:
        return None
    rows = [
        (
            Cell(value=in_language(change.what.zh, change.what.en)),
            Cell(value=change.before or _("没有")),
            Cell(value=change.after or _("没有")),
        )
        for change in kind_of(one.item.code).differences(one.earlier, one.item)
    ]
    return Table(
        caption=_("改了什么"),
        caption_hidden=True,
        columns=(Column(title=_("项目")), Column(title=_("现在")), Column(title=_("改为"))),
        rows=rows,
        empty=Empty(title=_("没有不同"), meaning=_("草案和现行版本一样。")),
    )


def course(one: Amendment, *, on: date) -> list[Step]:
    """Return the four steps of an amendment as everybody follows them."""
    is_over = one.closes_on is not None and on > one.closes_on
    steps = [
        Step(title=_("公布草案"), when=one.opened_on, progress=Progress.DONE if one.opened_on else Progress.NOW),
        Step(title=_("征求意见截止"), when=one.closes_on, progress=_progress(is_over, now=one.state == "comment")),
        Step(
            title=_("影响评估、专家意见，逐条答复"),
            progress=_progress(one.assessment is not None, now=is_over and one.state == "comment"),
            text=_("评估和答复与决定一起公布。"),
        ),
        Step(
            title=_("由另一个人决定"),
            when=one.decided_at,
            progress=_progress(bool(one.decided_at), now=one.state == "proposed"),
        ),
    ]
    if one.state in {"approved", "comment", "proposed", "draft"}:
        is_in_force = one.state == "approved" and on >= one.item.effective_on
        steps.append(
            Step(title=_("新版本生效"), when=one.item.effective_on, progress=_progress(is_in_force, now=False))
        )
    return steps


def _progress(is_done: bool, *, now: bool) -> Progress:
    return Progress.DONE if is_done else Progress.NOW if now else Progress.LATER


def assessment_facts(one: Amendment) -> list[Fact]:
    """Return the assessment and the expert note."""
    said = one.assessment
    if said is None:
        return []
    return [
        Fact(name=_("是否合法、正当、必要"), value=said.necessity),
        Fact(name=_("对个人权益的影响及安全风险"), value=said.impact),
        Fact(name=_("保护措施"), value=said.safeguards),
        Fact(name=_("专家意见"), value=said.expert_note, hint=said.expert),
    ]


def comments(found: Sequence[Comment]) -> list[dict[str, object]]:
    """Return published comments with their answers."""
    return [
        {
            "title": one.name or _("一位公众"),
            "when": moment(one.at),
            "text": one.text,
            "verdict": VERDICT_WORDS[Verdict(one.verdict)] if one.verdict else "",
            "reply": one.reply,
        }
        for one in found
    ]


def hidden_words(counts: Mapping[str, int]) -> list[str]:
    """Say how many comments are not published, and why."""
    return [
        _("%(count)s条：%(why)s") % {"count": count, "why": HIDDEN_WORDS[HiddenBecause(code)]}
        for code, count in counts.items()
    ]


def office_page(title: str, lead: str, *, problems: bool = False) -> Page:
    """Return the head of a page of the office."""
    home, listed = Crumb(text=_("工作台"), url=reverse("casework_inbox")), _("目录修订")
    above = () if title == listed else (Crumb(text=listed, url=reverse("amendments_office")),)
    return Page(title=title, lead=lead, crumbs=(home, *above, Crumb(text=title)), problems=problems)


def office_table(found: Sequence[Amendment]) -> Table:
    """Return the amendments of an office."""
    return Table(
        caption=_("本单位的目录修订"),
        caption_hidden=True,
        columns=tuple(Column(title=title) for title in (_("条目"), _("编号"), _("状态"), _("意见截止"))),
        rows=[
            (
                Cell(value=title_of(one), url=reverse("amendment_office", args=[one.id])),
                Cell(value=one.number),
                Cell(state=state_of(one)),
                Cell(value=one.closes_on or _("还没有公开")),
            )
            for one in found
        ],
        empty=Empty(title=_("还没有目录修订"), meaning=_("从下面选择一个条目起草，或者用 YAML 起草新的条目。")),
    )


def office_comments(found: Sequence[Comment]) -> list[dict[str, Any]]:
    """Return all comments for the office, each with what is to be done with it."""
    words = {Look.WAITING: _("待看"), Look.SHOWN: _("已公布"), Look.HIDDEN: _("不公布")}
    tones = {Look.WAITING: Tone.TODO, Look.SHOWN: Tone.DONE, Look.HIDDEN: Tone.ENDED}
    return [
        {
            "id": one.id,
            "title": one.name or _("一位公众"),
            "when": moment(one.at),
            "text": one.text,
            "state": State(word=words[one.look], tone=tones[one.look]),
            "is_waiting": one.look is Look.WAITING,
            "is_shown": one.look is Look.SHOWN,
            "why": one.hidden_reasons,
            "verdict": VERDICT_WORDS[Verdict(one.verdict)] if one.verdict else "",
            "reply": one.reply,
        }
        for one in found
    ]


def problem_lines(problems: Sequence[str]) -> list[str]:
    """Return what the loader refuses, each line led by plain words where its code has them."""
    words = {
        "FORBIDDEN_FIELD": _("任何情况下都不得归集的信息："),
        "KIN_FIELD": _("亲属和家庭信息不得归集："),
        "PRIVATE_TALK_FIELD": _("私人通信、行踪和浏览信息不得归集："),
        "PERSON_SCORE_FIELD": _("不得给自然人打分："),
        "CONSENT_NEEDED": _("没有书面同意不得归集："),
        "PERSON_PUBLIC": _("没有法律明确规定，不得公开自然人："),
        "PERSONAL_PUBLIC": _("个人信息字段不得公开："),
        "CONTACT_NOT_SEALED": _("联系方式要加密并且不公开："),
        "ID_NOT_PERSONAL": _("证件号码要加密："),
        "ITEM_INCOMPLETE": _("条目不完整："),
        "ITEM_CONTRADICTS": _("条目自相矛盾："),
    }
    return [next((said for code, said in words.items() if code in line), _("写法不对：")) + line for line in problems]


def state_of(one: Amendment) -> State:
    """Return where an amendment stands."""
    state = casework.get_procedure(PROCEDURE).states[one.state]
    return State(word=casework.text(state.title), tone=Tone(state.tone))


def title_of(one: Amendment) -> str:
    """Return the item an amendment is about, in the reader's language."""
    return in_language(one.item.title.zh, one.item.title.en)
