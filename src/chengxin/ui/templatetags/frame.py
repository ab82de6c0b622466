"""What the layouts need: menus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from chengxin.ui import menus

register = template.Library()


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any], section: str) -> Sequence[menus.Item]:
    """Return the entries of a section for this viewer; a page drawn without a request has none."""
    request = context.get("request")
    return menus.menu_for(request, section) if request is not None and not context.get("bare") else []
