"""Parts that wrap what a template writes between their two tags."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from chengxin.ui.contracts import Tone
from chengxin.ui.icons import TONE_ICONS
from chengxin.ui.templatetags.parts import icon

register = template.Library()


@register.simple_block_tag(end_name="endcallout")
def callout(content: str, title: str = "", tone: str = "info") -> SafeString:
    """Set a notice apart; tones are those of `Tone`."""
    kind = Tone(tone)
    head = format_html('<p class="callout__title">{}</p>', title) if title else ""
    markup = '<div class="callout callout--{}">{}<div class="callout__body">{}{}</div></div>'
    return format_html(markup, kind, icon(TONE_ICONS[kind]), head, content)


@register.simple_block_tag(end_name="enddetails")
def details(content: str, summary: str, *, opened: bool = False) -> SafeString:
    """Hide what few need behind a question, such as 这是为什么公开."""
    markup = (
        '<details class="details"{}><summary><span>{}</span></summary><div class="details__body">{}</div></details>'
    )
    return format_html(markup, SafeString(" open") if opened else "", summary, content)


@register.simple_block_tag(end_name="endconfirmation")
def confirmation(content: str, title: str, number: str = "", number_label: str = "") -> SafeString:
    """Say that it is done, with the number (编号) to keep, and what happens next."""
    label = number_label or gettext("编号")
    line = format_html('<p class="done__number">{} <strong>{}</strong></p>', label, number) if number else ""
    markup = (
        '<section class="done"><h1 class="done__title">{}<span>{}</span></h1>{}</section><div class="prose">{}</div>'
    )
    return format_html(markup, icon("check"), title, line, content)


@register.simple_block_tag(end_name="endnext_step")
def next_step(content: str) -> SafeString:
    """Hold the one next action; on a phone it stays at the foot of the screen."""
    return format_html('<div class="next-step"><div class="next-step__inner">{}</div></div>', content)


@register.simple_block_tag(end_name="endsection")
def section(content: str, title: str, id: str = "", lead: str = "") -> SafeString:  # noqa: A002 - the name of the HTML attribute
    """Open a part of a page with its second-level heading."""
    anchor = format_html(' id="{}"', id) if id else ""
    text = format_html('<p class="section__lead">{}</p>', lead) if lead else ""
    markup = '<section class="section"{}><h2 class="section__title">{}</h2>{}{}</section>'
    return format_html(markup, anchor, title, text, content)


@register.simple_block_tag(end_name="endpanel")
def panel(content: str, title: str = "") -> SafeString:
    """Set a group apart on a quiet ground."""
    head = format_html('<h2 class="panel__title">{}</h2>', title) if title else ""
    return format_html('<div class="panel">{}{}</div>', head, content)
