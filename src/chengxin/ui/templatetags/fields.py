"""Form fields: label, hint, error and control, each tied to the other for a screen reader."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django import template
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select, Textarea
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()
GROUPS = (RadioSelect, CheckboxSelectMultiple)


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField, width: str = "") -> dict[str, Any]:
    """Draw one field of a form; `width` is "s" or "m" for answers known to be short."""
    widget = bound.field.widget
    described = [
        f"{bound.auto_id}_{part}" for part, present in (("hint", bound.help_text), ("error", bound.errors)) if present
    ]
    group = isinstance(widget, GROUPS)
    attributes = {"aria-describedby": " ".join(described)} if described and not group else {}
    if not group and not isinstance(widget, CheckboxInput):
        attributes["class"] = " ".join(
            part for part in ("control", kind_of(widget), f"control--{width}" if width else "") if part
        )
    return {
        "field": bound,
        "group": group,
        "single_box": isinstance(widget, CheckboxInput),
        "control": "" if group else control(bound, attributes),
        "described": " ".join(described),
        "groups": grouped(bound) if group else [],
        "errors": errors_of(bound),
    }


def grouped(bound: BoundField) -> list[tuple[str, bool, list[Any]]]:
    """Return the options under the titles of their groups, and whether any is chosen; without groups under no title."""
    options = iter(bound.subwidgets)
    titled = [(title, len(inside)) for title, inside in bound.field.choices if isinstance(inside, (list, tuple))]  # type: ignore[attr-defined]
    found = [(str(title), list(islice(options, count))) for title, count in titled]
    rest = [("", left)] if (left := list(options)) else []
    return [(title, any(option.data["selected"] for option in inside), inside) for title, inside in [*found, *rest]]


def kind_of(widget: object) -> str:
    """Return the style class of a control."""
    if isinstance(widget, FileInput):
        return "control--file"
    if isinstance(widget, Textarea):
        return "control--area"
    return "control--select" if isinstance(widget, Select) else ""


def control(bound: BoundField, attributes: dict[str, str]) -> SafeString:
    """Return the control itself."""
    return bound.as_widget(attrs=dict(attributes))


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """List what is wrong at the head of the page; it takes the focus and each line leads to its field."""
    lines: list[tuple[str, str]] = []
    for name in form.errors:
        if name == NON_FIELD_ERRORS:
            lines.extend(("", str(error)) for error in form.non_field_errors())
        else:
            lines.extend((first_control(form[name]), error) for error in errors_of(form[name]))
    return {"lines": lines}


def errors_of(bound: BoundField) -> list[str]:
    """Return what is wrong with one answer; a missing one is asked for by its name, so that the list reads alone."""
    texts: list[str] = []
    for error in bound.errors.as_data():
        texts.extend([asked_for(bound)] if error.code == "required" else [str(text) for text in error.messages])
    return texts


def asked_for(bound: BoundField) -> str:
    """Return the request to answer a field that was left out."""
    widget, label = bound.field.widget, str(bound.label)
    if isinstance(widget, CheckboxInput):
        return gettext("请勾选：%(label)s") % {"label": label}
    if isinstance(widget, (Select, RadioSelect, CheckboxSelectMultiple, FileInput)):
        return gettext("请选择%(label)s") % {"label": label}
    return gettext("请填写%(label)s") % {"label": label}


def first_control(bound: BoundField) -> str:
    """Return the identifier of the control an error leads to: the first option of a group."""
    if isinstance(bound.field.widget, GROUPS) and bound.subwidgets:
        return str(bound.subwidgets[0].id_for_label)
    return str(bound.id_for_label)


@register.inclusion_tag("ui/parts/search_box.html")
def search_box(action: str, label: str, value: str = "", name: str = "q", hint: str = "") -> dict[str, Any]:
    """Draw the one field of a search."""
    return {"action": action, "label": label, "value": value, "name": name, "hint": hint}
