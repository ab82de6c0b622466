"""Controls Django has no right default for, and refusals said on a form."""

from django import forms
from django.http import QueryDict

from chengxin.kernel.refusal import Refused
from chengxin.ui.refusals import line_of


class DateInput(forms.DateInput):
    """Ask for a day with the browser's own calendar; it travels as 2026-11-23 in every language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def asked_in(given: QueryDict, field: str) -> QueryDict | None:
    """Return what a filter with this field was sent with; None where it was not sent, or all was left empty."""
    filled = any(value.strip() for _name, values in given.lists() for value in values)
    return given if field in given and filled else None


_PAGES_OF_THEIR_OWN = frozenset({"ABSENT", "A-NO-RIGHT", "SIGN_IN_REQUIRED"})


def say_on(form: forms.BaseForm, refused: Refused) -> None:
    """Say on a form why it was refused, at its field; what is absent or forbidden stays a page of its own."""
    if refused.refusal.code in _PAGES_OF_THEIR_OWN:
        raise refused
    field = refused.refusal.field
    form.add_error(field if field in form.fields else None, line_of(refused.refusal))
