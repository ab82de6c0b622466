"""What a person ticks and types; nothing is ticked for them."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """The code an institution shows."""

    code = forms.CharField(
        label=_("授权码"),
        help_text=_("机构给您看的16位码，扫二维码也可以。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class ConsentForm(forms.Form):
    """Which of the items asked for the person lets the institution see."""

    items = forms.MultipleChoiceField(
        label=_("您同意提供的信息"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: object = None, *, choices: Sequence[tuple[str, str]]) -> None:
        """Offer the items; none is ticked."""
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["items"].choices = choices  # type: ignore[attr-defined]
