"""Turn a trial of the publicity rules into what the page hands to the parts of the ui."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.catalogue import facade as catalogue
from chengxin.law import facade as law
from chengxin.law.contracts import Step as CountStep
from chengxin.portals.clock_trial import Counted, Trial
from chengxin.ui.facade import Crumb, Fact, Link, Page, State, Step, Tone, aside, day, in_language, labelled

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class ShownCount:
    """One count on the page: what is counted, by which text since when, its steps, its articles."""

    title: str
    rule: str
    steps: tuple[Step, ...]
    citations: tuple[Link, ...]


def rules_page(*, within_office: bool, problems: bool) -> Page:
    """Return the head of the table, of the office's workbench or of the public site."""
    home = Crumb(text=_("工作台"), url=reverse("casework_inbox")) if within_office else Crumb(text=_("首页"), url="/")
    return Page(
        title=_("公开属性和期限"),
        lead=_("每个条目谁能看到、公示多久、可查多久、可用多久、保存多久，都按今天的法律和规则包计算。"),
        crumbs=(home, Crumb(text=_("公开属性和期限"))),
        wide=True,
        problems=problems,
    )


def trial_facts(trial: Trial) -> list[Fact]:
    """Return the last day of each clock as the platform would keep it."""
    clocks = trial.clocks
    if clocks.not_public_because:
        facts = [Fact(name=_("公示的最后一天"), state=State(word=_("不公示"), tone=Tone.NEUTRAL), value="")]
    else:
        facts = [
            Fact(name=_("公示的最后一天"), value=_last(clocks.publicity_ends_on), hint=_gone(clocks.publicity_ends_on))
        ]
        if clocks.earliest_repair_on is not None:
            facts.append(Fact(name=_("最早可以申请信用修复"), value=day(clocks.earliest_repair_on)))
    facts += [
        Fact(name=_("提供查询的最后一天"), value=_last(clocks.query_ends_on)),
        Fact(name=_("可以使用的最后一天"), value=_last(clocks.use_ends_on)),
        Fact(name=_("保存的最后一天"), value=_last(clocks.retain_until)),
    ]
    if clocks.is_provisional:
        why = _("有的依据还没有对照公布的原文核对，或者是平台暂时的选择。")
        facts.append(Fact(name=_("是否确定"), value="", state=State(word=_("暂定"), tone=Tone.TODO), hint=why))
    return facts


def shown_counts(counts: Sequence[Counted]) -> list[ShownCount]:
    """Return each count with the text it follows and its steps in words."""
    return [
        ShownCount(
            title=labelled(_clock_word(one.clock), _title(one.key)),
            rule=_("%(day)s起的规定：%(length)s")
            % {"day": day(one.value.valid_from), "length": catalogue.how_long(one.value)}
            + (aside(_("暂定")) if one.due.provisional else ""),
            steps=tuple(_step(step, one) for step in one.due.steps),
            citations=tuple(
                Link(text=catalogue.citation(article), url=catalogue.citation_url(article)) for article in one.due.cites
            ),
        )
        for one in counts
    ]


def _step(step: CountStep, one: Counted) -> Step:
    """Return a step of a status period in the reader's language; it never rolls over a rest day."""
    words = {
        "start": _("起算之日，当日不计入"),
        "last_day": _("期满之日，是最后一天"),
        "ends": _("自这一天零时起不再有效；遇休息日不顺延"),
    }
    exact = (
        step.code != "last_day"
        or one.due.starts_on is None
        or step.day.day == one.due.starts_on.day
        or one.value.unit == "day"
    )
    text = "" if exact else _("期满的那个月没有对应的日子，取月末一天")
    return Step(title=words.get(step.code, step.reason), when=step.day, text=text)


def _clock_word(clock: str) -> str:
    return {"publicity": _("公示"), "query": _("查询"), "use": _("使用"), "retention": _("保存")}[clock]


def _title(key: str) -> str:
    title = law.get_entry(key).title
    return in_language(title.zh, title.en)


def _last(ends_on: date | None) -> str:
    return day(ends_on - _DAY) if ends_on else _("没有截止日期")


def _gone(ends_on: date | None) -> str:
    return _("%(day)s零时起从所有出口撤下。") % {"day": day(ends_on)} if ends_on else ""
