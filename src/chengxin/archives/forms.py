"""What a subject writes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.archives.actions import LONGEST_STATEMENT
from chengxin.archives.looks import document_titles


class StatementForm(forms.Form):
    """One's own statement about a line."""

    text = forms.CharField(
        label=_("本人说明"),
        help_text=_("会和这一条一起出现。最多500字，请不要写证件号码和别人的信息。"),
        max_length=LONGEST_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CounterForm(forms.Form):
    """Who stands at the counter, typed from the original document; `is_present` is judged by the action."""

    name = forms.CharField(
        label=_("姓名"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"})
    )
    number = forms.CharField(
        label=_("身份证号码"),
        help_text=_("照证件原件输入，不要照复印件或者照片。"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    document = forms.ChoiceField(label=_("核对的证件原件"))
    is_present = forms.BooleanField(label=_("本人在窗口，我核对了证件原件，照片与本人相符"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the documents in the reader's language."""
        super().__init__(*args, **kwargs)
        choices = [("", _("请选择")), *((kind.value, title) for kind, title in document_titles().items())]
        self.fields["document"].choices = choices  # type: ignore[attr-defined]


class VerifyForm(forms.Form):
    """A verification code."""

    code = forms.CharField(label=_("验真码"), max_length=40)
