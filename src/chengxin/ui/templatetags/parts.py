"""Parts that take one value of `ui.contracts` and draw it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chengxin.ui import contracts as c
from chengxin.ui.icons import PATHS, TONE_ICONS
from chengxin.ui.lifeline import lifeline

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one icon; it says nothing to a screen reader, the word beside it does."""
    markup = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>'
    return format_html(markup, PATHS[name])


@register.simple_tag
def state(value: c.State) -> SafeString:
    """Draw a state: icon, word, colour."""
    markup = '<span class="state state--{}">{}<span>{}</span></span>'
    return format_html(markup, value.tone, icon(TONE_ICONS[value.tone]), value.word)


@register.inclusion_tag("ui/parts/table.html")
def table(value: c.Table) -> dict[str, Any]:
    """Draw a table, or its empty state when it has no row."""
    return {
        "table": value,
        # A name and a number stay one line on a phone.
        "pair": len(value.columns) == 2 and value.columns[1].numeric,
        "rows": [[*zip(value.columns, row, strict=True)] for row in value.rows],
    }


@register.inclusion_tag("ui/parts/facts.html")
def facts(value: Sequence[c.Fact]) -> dict[str, Any]:
    """Draw a summary list."""
    return {"facts": value}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(value: Sequence[c.Step]) -> dict[str, Any]:
    """Draw what happened and what comes next, in order."""
    return {"steps": value}


@register.inclusion_tag("ui/parts/step_list.html")
def step_list(value: Sequence[c.Step]) -> dict[str, Any]:
    """Draw the steps of a form or a guide, numbered."""
    now = next((n for n, step in enumerate(value, 1) if step.progress == c.Progress.NOW), 0)
    return {"steps": value, "now": now}


@register.inclusion_tag("ui/parts/task_list.html")
def task_list(value: Sequence[c.Task]) -> dict[str, Any]:
    """Draw a list of tasks with their state."""
    return {"tasks": value}


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(value: Sequence[c.Tab], label: str) -> dict[str, Any]:
    """Draw tabs that are links; `label` names the group."""
    return {"tabs": value, "label": label}


@register.inclusion_tag("ui/parts/figures.html")
def figures(value: Sequence[c.Figure]) -> dict[str, Any]:
    """Draw numbers with what they are out of and a way to their records."""
    return {"figures": value}


@register.inclusion_tag("ui/parts/bars.html")
def bars(value: Sequence[c.Bar], caption: str) -> dict[str, Any]:
    """Draw a bar list that needs no script."""
    rows = [(bar, round(100 * min(bar.value / bar.out_of, 1), 1) if bar.out_of else 0) for bar in value]
    return {"rows": rows, "caption": caption}


@register.inclusion_tag("ui/parts/strip.html")
def strip(value: c.Strip) -> dict[str, Any]:
    """Draw a strip chart that needs no script, with its table twin."""
    return {"strip": value}


@register.inclusion_tag("ui/parts/progress.html")
def progress(value: int, out_of: int, label: str) -> dict[str, Any]:
    """Draw how much of a job is done."""
    return {"value": value, "out_of": out_of, "label": label}


@register.inclusion_tag("ui/parts/record.html")
def record(value: c.RecordLine, heading: str = "h3", *, folded: str = "") -> dict[str, Any]:
    """Draw a credit record with its five answers; behind the words `folded` until asked for, if given."""
    return {"record": value, "heading": heading, "life": lifeline(value.lifetime), "folded": folded}


@register.inclusion_tag("ui/parts/audit_lines.html")
def audit_lines(value: Sequence[c.AuditLine]) -> dict[str, Any]:
    """Draw who looked, when, and why."""
    return {"lines": value}


@register.inclusion_tag("ui/parts/downloads.html")
def downloads(value: Sequence[c.Download]) -> dict[str, Any]:
    """Draw files to take away."""
    return {"downloads": value}


@register.inclusion_tag("ui/parts/empty.html")
def empty(value: c.Empty) -> dict[str, Any]:
    """Draw an empty place that explains itself."""
    return {"empty": value}


@register.inclusion_tag("ui/parts/pager.html")
def pager(value: c.Pager) -> dict[str, Any]:
    """Draw where the reader is in a list and the ways on."""
    return {"pager": value}


@register.inclusion_tag("ui/parts/crumbs.html")
def crumbs(value: Sequence[c.Crumb]) -> dict[str, Any]:
    """Draw the path to this page."""
    return {"crumbs": value}


@register.inclusion_tag("ui/parts/key_date.html")
def key_date(value: c.KeyDate) -> dict[str, Any]:
    """Draw a day that matters; a legal deadline is red."""
    return {"date": value}


@register.inclusion_tag("ui/parts/chart.html")
def chart(value: c.Chart) -> dict[str, Any]:
    """Draw a chart and the table that says the same."""
    return {"chart": value, "data_id": f"{value.id}-option", "option": option_of(value)}


def option_of(value: c.Chart) -> Mapping[str, Any]:
    """Return the drawing option with what every chart of the platform has: description and patterns beside colours."""
    aria = {"enabled": True, "decal": {"show": True}, "label": {"description": value.summary}}
    return {"aria": aria, **value.option}
