"""The form on which an access in an emergency is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AskForm(forms.Form):
    """Name the person, what is needed, the matter and why."""

    id_no = forms.CharField(label=_("身份证号码"), max_length=18, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    items = forms.MultipleChoiceField(
        label=_("要看的信息"), widget=forms.CheckboxSelectMultiple, help_text=_("点开类别，只选必需的。")
    )
    matter = forms.CharField(label=_("本单位的案件编号"), max_length=60)
    reasons = forms.CharField(
        label=_("紧急情况和理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("本人和确认的人都会看到。请写明什么危险、为什么等不及。"),
    )

    def __init__(self, data: Any = None, *, choices: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:  # noqa: ANN401 - as Django has it
        """Offer the items of the catalogue, by their class."""
        super().__init__(data)
        self.fields["items"].choices = choices  # type: ignore[attr-defined]
