"""Turn the statute index into the tables and summary lists of the policy pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chengxin.catalogue import plain_words as plain
from chengxin.catalogue.clauses import clauses_of
from chengxin.catalogue.presentation import columns
from chengxin.catalogue.statutes import TextView, cited_articles, items_citing
from chengxin.law import facade as law
from chengxin.ui.facade import Cell, Empty, Fact, Link, Pager, State, Table, Task, Tone, day


def title_of(statute: law.Statute) -> str:
    """Return the title of a text in the reader's language."""
    return statute.title.en if plain.is_english() else law.short_title(statute.title.zh)


def standing(statute: law.Statute, *, on: date) -> State:
    """Return where a text stands on a day."""
    if statute.status == "design":
        return State(word=_("平台的选择，不是法律"), tone=Tone.TODO)
    return {
        "in_force": State(word=_("现行有效"), tone=Tone.DONE),
        "not_yet": State(word=_("尚未施行"), tone=Tone.TODO),
        "expired": State(word=_("已失效"), tone=Tone.ENDED),
        "repealed": State(word=_("已废止"), tone=Tone.ENDED),
    }[statute.state(on=on)]


def kept(statute: law.Statute) -> str:
    """Return how much of a text has been read."""
    return {
        "held": _("读过全文"),
        "cited": _("只读过引用的条文"),
        "design": _("自己写的"),
    }[statute.status]


def policy_tasks(policies: Sequence[law.Statute], *, on: date) -> list[Task]:
    """Return the two opinions, each with until when it holds and how many of its clauses are built."""
    return [
        Task(
            title=title_of(policy),
            url=reverse("policy", args=[policy.code]),
            state=standing(policy, on=on),
            hint=_("有效期至%(last)s。已经做成其中%(n)s项。")
            % {
                "last": day(policy.expires_on) if policy.expires_on else "—",
                "n": sum(len(built) for built in clauses_of(policy.code).values()),
            },
        )
        for policy in policies
    ]


def index_table(statutes: Sequence[law.Statute], *, on: date, pager: Pager) -> Table:
    """Return the index: each text with where it stands, how much of it we hold and what rests on it."""
    return Table(
        caption=_("法律、法规、规章和文件"),
        caption_hidden=True,
        columns=columns(_("名称"), _("效力"), _("收录"), _("平台用在哪里")),
        rows=[_index_row(statute, on=on) for statute in statutes],
        empty=Empty(
            title=_("没有符合条件的文件"),
            meaning=_("平台没有引用这个名称的文件。平台没有引用的，不会作为收录和公示的依据。"),
            link=Link(text=_("查看全部文件"), url=reverse("policies")),
        ),
        pager=pager,
    )


def _index_row(statute: law.Statute, *, on: date) -> tuple[Cell, ...]:
    return (
        Cell(value=title_of(statute), url=reverse("policy", args=[statute.code])),
        Cell(state=standing(statute, on=on)),
        Cell(value=kept(statute)),
        Cell(value=_used(statute, on=on)),
    )


def _used(statute: law.Statute, *, on: date) -> str:
    """Return how much of the platform rests on a text, in words."""
    articles, items = len(cited_articles(statute.code, on=on) - {""}), len(items_citing(statute.code, on=on))
    uses = len(law.list_uses(statute.code))
    parts = (
        (articles, ngettext("%(n)s条被引用", "%(n)s条被引用", articles)),
        (items, ngettext("%(n)s个目录条目", "%(n)s个目录条目", items)),
        (uses, ngettext("%(n)s个期限和规则", "%(n)s个期限和规则", uses)),
    )
    return _("，").join(text % {"n": n} for n, text in parts if n) or _("没有直接引用")


def text_facts(view: TextView, *, on: date) -> list[Fact]:
    """Return what is known of a text: since when, until when, what it ended, how we know it."""
    statute = view.statute
    facts = [
        Fact(name=_("公布日期"), value=day(statute.adopted_on)) if statute.adopted_on else None,
        Fact(name=_("施行日期"), value=day(statute.effective_on)) if statute.effective_on else None,
        Fact(name=_("有效期至"), value=day(statute.expires_on)) if statute.expires_on else None,
        *(_other(_("它废止的文件"), code) for code in statute.repeals),
        _other(_("被哪个文件废止"), statute.repealed_by) if statute.repealed_by else None,
        Fact(name=_("收录"), value=kept(statute), hint=_how_known(statute)),
    ]
    if statute.state(on=on) != "in_force":
        facts.append(Fact(name=_("能否引用"), value=_("新作出的决定不能以它为依据。")))
    return [fact for fact in facts if fact is not None]


def _other(name: str, code: str) -> Fact:
    other = law.find_statute(code)
    link = Link(text=_("查看"), url=reverse("policy", args=[code])) if other else None
    return Fact(name=name, value=title_of(other) if other else code, link=link)


def _how_known(statute: law.Statute) -> str:
    if statute.status != "cited":
        return ""
    if statute.from_memory:
        articles = _("、").join(sorted(statute.from_memory, key=int))
        return _("按读到的条文核对过；第%(articles)s条凭记忆，暂定。") % {"articles": articles}
    return _("还没有对照公布的原文核对。") if statute.source.startswith("M") else _("按读到的条文核对过。")
