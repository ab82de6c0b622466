"""What an organ asks and what a credit office writes down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.inquiries import display
from chengxin.ui.facade import DateInput


class StatutoryForm(forms.Form):
    """A statutory query: purpose, basis, announced procedure, names."""

    rule = forms.ChoiceField(label=_("用途"))
    basis = forms.ChoiceField(label=_("法律依据"))
    procedure_number = forms.CharField(label=_("已公布程序的编号"), max_length=80)
    announced_on = forms.DateField(label=_("公告日期"), widget=DateInput())
    announced_at = forms.URLField(label=_("公告网址"), max_length=300, assume_scheme="https")
    announced_count = forms.IntegerField(label=_("公告进入审查的人数"), min_value=1, max_value=10_000)
    matter = forms.CharField(label=_("要决定的事"), max_length=200)
    persons = forms.CharField(
        label=_("名单"),
        help_text=_("每行一人：姓名，空格，身份证号码。只写公告里的人。"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the purposes and articles of the rules."""
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [("", _("请选择")), *display.statutory_rules()]  # type: ignore[attr-defined]
        self.fields["basis"].choices = [("", _("请选择")), *display.statutory_bases()]  # type: ignore[attr-defined]


class GrantForm(forms.Form):
    """A new registration."""

    body = forms.CharField(label=_("机构代码"), max_length=40)
    rule = forms.ChoiceField(label=_("用途"))
    registration = forms.CharField(label=_("许可或者登记编号"), max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the purposes."""
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [("", _("请选择")), *display.consent_rules()]  # type: ignore[attr-defined]


class ChecksForm(forms.Form):
    """What a second person checked."""

    reasons = forms.CharField(label=_("核对情况"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class SuspendForm(forms.Form):
    """Why a registration is suspended."""

    because = forms.CharField(label=_("暂停的理由"), max_length=200)


class PackageForm(forms.Form):
    """Which items an applicant sends to an institution."""

    items = forms.MultipleChoiceField(label=_("要发送的信息"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: object = None, *, choices: Sequence[tuple[str, str]]) -> None:
        """Offer the items; none is ticked."""
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["items"].choices = choices  # type: ignore[attr-defined]
