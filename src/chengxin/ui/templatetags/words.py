"""Filters that write values for people."""

from __future__ import annotations

from datetime import date, timedelta

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from chengxin.kernel.actor import Actor
from chengxin.ui import formats

register = template.Library()
register.filter("day", formats.day)
register.filter("moment", formats.moment)
register.filter("count", formats.count)
register.filter("yuan", formats.yuan)
register.filter("file_size", formats.file_size)


@register.filter
def count_or_text(value: float | str) -> str:
    """Write a number with separators and leave a text as it is."""
    return value if isinstance(value, str) else formats.count(value)


@register.filter
def stands_for(actor: Actor, action: str) -> bool:
    """Tell whether `request.actor|stands_for:action`: beyond the scope of who acts for another nothing is offered."""
    return actor.stands_for(action)


@register.filter
def unlocalized(value: float) -> str:
    """Write a number as markup needs it: no separator, a point."""
    return f"{value:g}" if isinstance(value, float) else str(value)


@register.filter
def last_day(ends_on: date) -> str:
    """Write the last day of a half-open period that ends on `ends_on`."""
    return formats.day(ends_on - timedelta(days=1))


@register.filter
def share_of(value: float, out_of: float) -> str:
    """Write `{{ value|share_of:total }}` in per cent."""
    return formats.share(value, out_of)


@register.filter
def masked(value: str) -> SafeString:
    """Show a masked value (脱敏) and say to a screen reader that part of it is hidden."""
    return format_html('<span class="masked">{}</span><span class="unseen">{}</span>', value, gettext("（部分隐去）"))
