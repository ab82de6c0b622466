"""Looks as parts of the ui."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.archives import facade as archives
from chengxin.audit.contracts import DISCLOSING, Kind, Look, LookDay, Outcome
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.kernel.clock import legal_day
from chengxin.law import facade as law
from chengxin.looks.contracts import OwnLooks, Withheld
from chengxin.looks.grounds import grounds
from chengxin.looks.rules import why_not_challenge
from chengxin.ui.facade import (
    AuditLine,
    Cell,
    Column,
    Crumb,
    Download,
    Empty,
    Fact,
    Lane,
    Link,
    Page,
    State,
    Strip,
    Table,
    Tone,
    day,
    in_language,
    moment,
    series,
)

_LANES: Final = 6


def looks_page(found: OwnLooks, *, problems: bool) -> Page:
    """Return the head of “谁看过我”."""
    lead = _("共%s次。每次查看都写明单位、岗位、用途和依据；工作人员的姓名由监督部门掌握。") % found.total
    if found.withheld:
        lead += _("另有%s次依法暂不显示。") % sum(looks for _month, looks in found.withheld)
    return Page(title=_("谁看过我"), lead=lead, problems=problems)


def look_lines(found: OwnLooks, *, names: Mapping[str, str]) -> list[AuditLine]:
    """Return the looks as their subject reads them, each with the way to its page and to a challenge.

    `names` are those of the subject's representatives by their accounts.
    """
    return [_line(look, found.challenges.get(look.event_id), names) for look in found.lines]


def _line(look: Look, challenge: Case | None, names: Mapping[str, str]) -> AuditLine:
    words = archives.words_of_look(look)
    notes = [] if look.is_own else [_("岗位：%s") % words.as_whom]
    if challenge:
        notes.append(_("您不认可这次查询：%s") % casework.state_of(challenge).word)
    return AuditLine(
        at=look.at,
        who=_named(look, words.who, names),
        what=words.what,
        purpose=words.why,
        outcome=outcome_of(look),
        note=series(notes),
        link=Link(text=_("详情和证明"), url=reverse("look", args=[look.event_id])),
        press=press_of(look, challenge),
    )


def _named(look: Look, who: str, names: Mapping[str, str]) -> str:
    name = names.get(look.representative, "")
    if look.role == archives.COUNTER:
        return f"{who}（{name}）" if name else who
    return _("您的代理人%s") % name if name else who


def press_of(look: Look, challenge: Case | None) -> Link | None:
    """Return the button that challenges a look, where it can be challenged."""
    if why_not_challenge(look, states=[challenge.state] if challenge else []):
        return None
    return Link(text=_("我不认可这次查询"), url=reverse("look_challenge", args=[look.event_id]))


def outcome_of(look: Look) -> State | None:
    """Return whether something was given, where somebody else asked; an act that asks for nothing gives nothing."""
    if look.kind == Kind.CANDIDATE:
        return State(word=_("未匹配，没有提供"), tone=Tone.NEUTRAL)
    if look.outcome == Outcome.REFUSED:
        return State(word=_("没有提供"), tone=Tone.ENDED)
    return None if look.is_own or look.kind not in DISCLOSING else State(word=_("已提供"), tone=Tone.NEUTRAL)


def nobody_looked(*, is_filtered: bool, is_withheld: bool = False) -> Empty:
    """Say well that nobody has looked, or not so; never while looks are withheld."""
    if is_filtered:
        return Empty(
            title=_("没有符合条件的查询"),
            meaning=_("换一个时间、单位或者用途再看；被拒绝的查询也在记录里。"),
            link=Link(text=_("看全部"), url=reverse("looks")),
        )
    if is_withheld:
        return Empty(title=_("现在没有可以显示的查看"), meaning=_("依法暂不显示的，期满以后出现在这里。"))
    return Empty(
        title=_("还没有人看过您的档案"),
        meaning=_("有人查询时会立即出现在这里，被拒绝的也会。"),
    )


def strip_of(found: OwnLooks) -> Strip | None:
    """Return when each body looked, the most frequent first, with the same as a table; None when nobody did."""
    by_body: dict[str, list[LookDay]] = defaultdict(list)
    for one in found.days:
        by_body[one.body].append(one)
    if not by_body:
        return None
    ranked = sorted(by_body.items(), key=lambda pair: (-_sum(pair[1]), pair[0]))
    shown, rest = ranked[:_LANES], [one for _body, days in ranked[_LANES:] for one in days]
    lanes = [_lane(_name_of(days[0]), days, found, body=body) for body, days in shown]
    if rest:
        lanes.append(_lane(_("其他单位"), rest, found, body=""))
    return Strip(
        title=_("什么时候看的"),
        starts=f"{found.since:%Y-%m}",
        ends=f"{found.until - timedelta(days=1):%Y-%m}",
        lanes=lanes,
        table=days_table(found.days),
        legend=_("一道竖线是有查询的一天；高的、深色的一道，那天有查询没有提供。"),
    )


def _lane(label: str, days: Sequence[LookDay], found: OwnLooks, *, body: str) -> Lane:
    return Lane(
        label=label,
        marks=[_place(one.day, found) for one in days if one.outcome != Outcome.REFUSED],
        strong=[_place(one.day, found) for one in days if one.outcome == Outcome.REFUSED],
        shown=_("%s次") % _sum(days),
        url=f"{reverse('looks')}?body={body}" if body else "",
    )


def _place(on: date, found: OwnLooks) -> float:
    return round(100 * (on - found.since) / max(found.until - found.since, timedelta(days=1)), 1)


def days_table(days: Sequence[LookDay], *, caption: str = "") -> Table:
    """Return the looks by body and purpose: how often, how often nothing was given, and when last."""
    groups: dict[tuple[str, str], list[LookDay]] = defaultdict(list)
    for one in days:
        groups[_name_of(one), one.purpose].append(one)
    titles = (_("单位"), _("用途"), _("次数"), _("没有提供"), _("最近一次"))
    rows = [
        (
            Cell(value=name),
            Cell(value=archives.purpose_name(purpose)),
            Cell(value=_sum(group)),
            Cell(value=_sum([one for one in group if one.outcome == Outcome.REFUSED])),
            Cell(value=day(max(one.day for one in group))),
        )
        for (name, purpose), group in sorted(groups.items(), key=lambda pair: (-_sum(pair[1]), pair[0]))
    ]
    columns = tuple(Column(title=title, numeric=place in {2, 3}) for place, title in enumerate(titles))
    return Table(caption=caption or _("按单位和用途"), columns=columns, rows=rows)


def look_page(look: Look, challenge: Case | None, *, problems: bool = False) -> Page:
    """Return the head of one look."""
    title = _("%(who)s的一次查看") % {"who": archives.words_of_look(look).who}
    crumbs = (Crumb(text=_("谁看过我"), url=reverse("looks")), Crumb(text=moment(look.at)))
    states = (casework.state_of(challenge),) if challenge else ()
    return Page(title=title, crumbs=crumbs, states=states, problems=problems)


def withheld_lines(found: OwnLooks) -> list[str]:
    """Say how many looks of each month are withheld at present: that there are some is never hidden."""
    return [
        _("%(month)s：%(looks)s次") % {"month": f"{month:%Y-%m}", "looks": looks} for month, looks in found.withheld
    ]


def withheld_fact(was: Withheld) -> Fact:
    """Say that a look was withheld until now, and on which ground."""
    ground = grounds()[was.ground]
    return Fact(
        name=_("曾经暂不显示"),
        value=_("%(since)s到%(until)s") % {"since": day(legal_day(was.since)), "until": day(was.until)},
        hint=_("理由：%(ground)s（%(articles)s）")
        % {
            "ground": in_language(ground.zh, ground.en),
            "articles": series(law.name_of(one).zh for one in ground.basis),
        },
    )


def look_facts(look: Look, *, names: Mapping[str, str] = MappingProxyType({})) -> list[Fact]:
    """Return all that one's own log says of a look, but for who of the staff it was; representatives have `names`."""
    words = archives.words_of_look(look)
    facts = [
        Fact(name=_("时间"), value=look.at),
        Fact(
            name=_("谁"),
            value=_named(look, words.who, names),
            hint=_("岗位：%s") % words.as_whom,
        ),
        Fact(name=_("做了什么"), value=words.what),
        Fact(name=_("用途"), value=words.purpose),
        Fact(
            name=_("依据"),
            value=series(article.name for article in words.basis) or _("没有写明"),
            link=next((Link(text=_("看条文"), url=one.url) for one in words.basis if one.url), None),
        ),
        Fact(
            name=_("结果"),
            value=archives.outcome_words(look),
            hint=_("原因代码 %s") % look.reason if words.is_refused else "",
        ),
    ]
    if look.count != 1:
        facts.append(Fact(name=_("涉及"), value=_("%s条信息") % look.count))
    facts.append(Fact(name=_("记录编号"), value=str(look.event_id)))
    return facts


def challenge_facts(case: Case, *, on: date) -> list[Fact]:
    """Return where a challenge stands: its number, whose turn it is, until when, what comes next."""
    facts = [Fact(name=_("编号"), value=case.number), Fact(name=_("现在由谁办理"), value=casework.body_name(case.body))]
    if case.due_on is not None:
        facts.append(Fact(name=_("最晚"), value=case.due_on, hint=casework.due_hint(case, on=on)))
    said = {
        "explaining": _("查询单位要说明依据；到期没有说明的，直接转审查。"),
        "reviewing": _("上级信用主管部门正在审查依据。"),
        "to_shown": _("经办人已经提出意见，由另一个人决定。"),
        "to_groundless": _("经办人已经提出意见，由另一个人决定。"),
        "shown": _("经审查有依据。理由和不服时可以怎么办，写在下面的经过里。"),
        "groundless": _("经审查没有依据。这次查询已经标明，并转违规查询核查；认定违规的，会另行通知您。"),
        "taken_back": _("您已经撤回。以后仍然可以重新提出。"),
    }
    facts.append(Fact(name=_("下一步"), value=said[case.state]))
    return facts


def proof_files(look: Look) -> list[Download]:
    """Return what proves a look, and what the proof is checked with."""
    return [
        Download(
            title=_("这次查看的证明"),
            url=reverse("look_proof", args=[look.event_id]),
            format="JSON",
            note=_("里面有这次查看的全部内容，只给您本人"),
        ),
        Download(
            title=_("平台日志的公钥"), url=reverse("log_keys"), format="TXT", note=_("核对证明用，请同时向见证方要一份")
        ),
    ]


def _name_of(one: LookDay) -> str:
    if one.is_own:
        return _("您本人")
    return archives.body_name(one.body) if one.body else _("平台、公众或者代理人")


def _sum(days: Sequence[LookDay]) -> int:
    return sum(one.count for one in days)
