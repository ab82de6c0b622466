"""Honours as parts of the ui."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.facade import body_name
from chengxin.honours import words
from chengxin.honours.contracts import Answer, Kind, Letter, Nomination, Standing, Way
from chengxin.honours.kinds import get_kind
from chengxin.honours.rules import review_due
from chengxin.incentives.contracts import Scene
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Link,
    Page,
    Pager,
    State,
    Table,
    Tone,
    day,
    in_language,
    series,
)


def list_page(*, only_operators: bool) -> Page:
    """Return the head of the public list."""
    title = _("诚信示范单位") if only_operators else _("诚信典型")
    lead = _("本人同意公开姓名的才写在这里。没有荣誉的人享受同样的正常服务。")
    return Page(title=title, lead=lead, crumbs=(Crumb(text=_("首页"), url=reverse("home")), Crumb(text=title)))


def list_table(found: Sequence[Nomination], *, pager: Pager) -> Table:
    """Return who is honoured or in public notice, the newest first."""
    rows = [
        (
            Cell(value=words.name_of(one), url=reverse("honour", args=[one.number])),
            Cell(value=words.title_of(get_kind(one.kind)), hint=body_name(one.body)),
            Cell(state=words.state_of(one), hint=_until(one)),
        )
        for one in found
    ]
    columns = (Column(title=_("姓名或者名称")), Column(title=_("荣誉")), Column(title=_("状态")))
    empty = Empty(title=_("现在没有"), meaning=_("授予以后，同意公开姓名的会写在这里。"))
    return Table(caption=_("诚信典型"), caption_hidden=True, columns=columns, rows=rows, pager=pager, empty=empty)


def kind_facts(found: Iterable[Kind]) -> list[Fact]:
    """Say what each honour is given for."""
    return [Fact(name=words.title_of(kind), value=words.what_of(kind)) for kind in found]


def matrix(found: Iterable[Kind], scenes: Sequence[Scene], *, on: date) -> Table:
    """Show which scenes accept which honours, and until when."""
    known = list(found)
    rows = []
    for scene in scenes:
        accepted = [kind for kind in known if kind.item in scene.draft.condition.items]
        if accepted:
            title = in_language(scene.draft.title, scene.draft.title_en)
            gives = in_language(scene.draft.gives, scene.draft.gives_en)
            ends = scene.ended_on or scene.draft.ends_on
            rows.append(
                (
                    Cell(value=title, url=reverse("incentives"), hint=scene.draft.partner),
                    Cell(value=gives),
                    Cell(value=series(words.title_of(kind) for kind in accepted)),
                    Cell(value=ends),
                )
            )
    columns = (
        Column(title=_("场景")),
        Column(title=_("优惠")),
        Column(title=_("哪些荣誉可以用")),
        Column(title=_("到哪天")),
    )
    empty = Empty(title=_("现在没有认可荣誉的场景"), meaning=_("没有场景时，所有人享受同样的正常服务。"))
    return Table(caption=_("荣誉可以用在哪里"), caption_hidden=True, columns=columns, rows=rows, empty=empty, as_of=on)


def one_page(one: Nomination) -> Page:
    """Return the head of an honour's own page."""
    title = words.name_of(one)
    return Page(
        title=title,
        lead=words.title_of(get_kind(one.kind)),
        crumbs=(Crumb(text=_("诚信典型"), url=reverse("honours")), Crumb(text=title)),
        states=(words.state_of(one),),
    )


def facts_of(one: Nomination) -> list[Fact]:
    """Say who granted it, from when until when, and when it was last looked at."""
    kind = get_kind(one.kind)
    facts = [
        Fact(name=_("荣誉"), value=words.title_of(kind), hint=words.what_of(kind)),
        Fact(name=_("授予单位"), value=body_name(one.body)),
        Fact(name=_("编号"), value=one.number),
    ]
    if one.notice_from is not None and one.awarded_on is None:
        facts.append(Fact(name=_("公示期"), value=one.notice_until, hint=_("最后一天")))
    if one.awarded_on is not None:
        facts.append(Fact(name=_("授予日期"), value=one.awarded_on))
    if one.standing in {Standing.AWARDED, Standing.SUSPENDED}:
        facts += [
            Fact(name=_("有效期至"), value=one.valid_until, hint=_("到期自动失效")),
            Fact(name=_("下次复核"), value=review_on(one), hint=_("每年复核一次")),
        ]
    if one.standing is Standing.EXPIRED:
        facts.append(Fact(name=_("有效期至"), value=one.valid_until))
    return facts


def review_on(one: Nomination) -> date | None:
    """Return the day by which an honour is looked at again."""
    looked = one.reviewed_on or one.awarded_on
    return review_due(looked, pack=settings.LAW_PACK) if looked else None


def letter_facts(letter: Letter) -> list[Fact]:
    """Say what became of a letter."""
    facts = [
        Fact(name=_("编号"), value=letter.number),
        Fact(name=_("寄给"), value=body_name(letter.body)),
        Fact(name=_("寄出时间"), value=letter.sent_at),
        Fact(name=_("结果"), value=words.outcome_words(letter.outcome)),
    ]
    return [*facts, Fact(name=_("答复"), value=letter.reply)] if letter.reply else facts


def own_table(found: Sequence[Nomination]) -> Table:
    """Return one's own nominations and honours."""
    rows = [
        (
            Cell(value=words.title_of(get_kind(one.kind)), url=reverse("own_honour", args=[one.number])),
            Cell(value=body_name(one.body)),
            Cell(state=_own_state(one), hint=_until(one)),
        )
        for one in found
    ]
    columns = (Column(title=_("荣誉")), Column(title=_("单位")), Column(title=_("状态")))
    empty = Empty(
        title=_("没有对您的提名"), meaning=_("有单位提名您的，会先在这里征求您的意见。没有荣誉没有任何影响。")
    )
    return Table(caption=_("我的荣誉"), caption_hidden=True, columns=columns, rows=rows, empty=empty)


def own_page(one: Nomination, *, problems: bool) -> Page:
    """Return the head of one's own nomination."""
    title = words.title_of(get_kind(one.kind))
    return Page(
        title=title,
        lead=_("由%s提名。") % body_name(one.body),
        crumbs=(Crumb(text=_("我的荣誉"), url=reverse("own_honours")), Crumb(text=title)),
        states=(_own_state(one),),
        problems=problems,
    )


def office_table(found: Sequence[Nomination], *, on: date) -> Table:
    """Return a body's nominations, those whose review is due marked."""
    rows = [
        (
            Cell(value=one.number, url=reverse("honour_nomination", args=[one.id])),
            Cell(value=words.title_of(get_kind(one.kind))),
            Cell(state=_office_state(one, on=on), hint=_until(one)),
        )
        for one in found
    ]
    columns = (Column(title=_("编号")), Column(title=_("荣誉")), Column(title=_("状态")))
    empty = Empty(title=_("还没有提名"), meaning=_("从下面选择一种荣誉开始。"))
    return Table(caption=_("提名和荣誉"), caption_hidden=True, columns=columns, rows=rows, empty=empty)


def office_facts(one: Nomination) -> list[Fact]:
    """Say what an officer has to know of a nomination."""
    kind = get_kind(one.kind)
    visited = [Fact(name=_("现场核查"), value=one.visited_on or _("还没有核查"))] if kind.needs_visit else []
    checked = words.obstacle_words(tuple(one.obstacles)) if one.checked_on else _("还没有核查")
    return [
        *facts_of(one),
        Fact(name=_("本人意见"), value=words.answer_words(one.answer)),
        *visited,
        Fact(name=_("核查结果"), value=checked, hint=_("%s核查") % day(one.checked_on) if one.checked_on else ""),
    ]


def kind_links(found: Iterable[Kind]) -> list[Link]:
    """Return where to nominate for each kind."""
    return [Link(text=words.title_of(kind), url=reverse("honour_nominate", args=[kind.code])) for kind in found]


def _own_state(one: Nomination) -> State:
    if one.standing is Standing.PREPARED and one.answer is Answer.WAITING:
        return State(word=_("等您答复"), tone=Tone.TODO)
    return words.state_of(one)


def _office_state(one: Nomination, *, on: date) -> State:
    due = review_on(one)
    if one.standing is Standing.AWARDED and due is not None and on > due:
        return State(word=_("该复核了"), tone=Tone.ALERT)
    return words.state_of(one)


def _until(one: Nomination) -> str:
    if one.standing is Standing.NOTICED and one.notice_until and one.awarded_on is None:
        return _("公示到%s") % day(one.notice_until)
    return _("到%s") % day(one.valid_until) if one.standing is Standing.AWARDED and one.valid_until else ""


def propose_page(*, problems: bool) -> Page:
    """Return the head of the page on which anybody proposes."""
    lead = _("任何人都可以写，不用登录，不用写自己的姓名。授予单位核实以后才提名，被提名人同意以后才公示。")
    crumbs = (Crumb(text=_("诚信典型"), url=reverse("honours")), Crumb(text=_("提名建议")))
    return Page(title=_("提名建议"), lead=lead, crumbs=crumbs, problems=problems)


def letter_page(letter: Letter) -> Page:
    """Return the head of the page that says what became of a letter."""
    lead = _("请记下编号，以后凭编号看结果。")
    crumbs = (Crumb(text=_("诚信典型"), url=reverse("honours")), Crumb(text=letter.number))
    return Page(title=_("来信已收到"), lead=lead, crumbs=crumbs)


def office_page() -> Page:
    """Return the head of a body's list."""
    return Page(title=_("荣誉"), lead=_("先征求本人意见，再核查、公示，由另一个人授予。每年复核。"))


def new_page(kind: Kind, *, problems: bool) -> Page:
    """Return the head of the page that nominates."""
    title = words.title_of(kind)
    crumbs = (Crumb(text=_("荣誉"), url=reverse("dept_honours")), Crumb(text=title))
    return Page(title=_("提名：%s") % title, lead=words.what_of(kind), crumbs=crumbs, problems=problems)


def nomination_page(one: Nomination, *, name: str, problems: bool) -> Page:
    """Return the head of an officer's page of one nomination."""
    crumbs = (Crumb(text=_("荣誉"), url=reverse("dept_honours")), Crumb(text=one.number))
    title = name or one.number
    return Page(title=title, lead=words.title_of(get_kind(one.kind)), crumbs=crumbs, problems=problems)


def own_list_page() -> Page:
    """Return the head of one's own list."""
    lead = _("同意不同意由您决定；不同意没有任何影响，也不登记。")
    return Page(title=_("我的荣誉"), lead=lead)


def reply_page(letter: Letter, *, problems: bool) -> Page:
    """Return the head of the page that answers a letter."""
    crumbs = (Crumb(text=_("荣誉"), url=reverse("dept_honours")), Crumb(text=letter.number))
    title = _("答复异议") if letter.way is Way.OBJECTION else _("答复提名建议")
    return Page(title=title, lead=words.title_of(get_kind(letter.kind)), crumbs=crumbs, problems=problems)
