"""What an association and a member write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.associations.kinds import kinds
from chengxin.associations.rules import LONGEST
from chengxin.casework.facade import text
from chengxin.ui.facade import DateInput


class RegisterForm(forms.Form):
    """Which body is an association."""

    body = forms.CharField(label=_("单位编号"), max_length=40)


class CharterForm(forms.Form):
    """The next version of a charter."""

    text = forms.CharField(
        label=_("章程全文"),
        help_text=_("分条写，每条另起一行，以“第几条”开头。再报是新的版本。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    adopted_on = forms.DateField(label=_("会员大会通过的日期"), widget=DateInput())


class MemberForm(forms.Form):
    """Who joins."""

    uscc = forms.CharField(label=_("统一社会信用代码"), help_text=_("只登记单位会员。"), max_length=18)
    number = forms.CharField(label=_("会员编号"), max_length=40)
    joined_on = forms.DateField(label=_("入会日期"), widget=DateInput())


class LeaveForm(forms.Form):
    """Who leaves."""

    number = forms.CharField(label=_("退会的会员编号"), max_length=40)


class ActForm(forms.Form):
    """What is meant to be done, under which article, and why."""

    member = forms.CharField(label=_("会员编号"), max_length=40)
    kind = forms.ChoiceField(label=_("措施"))
    article = forms.CharField(label=_("章程条款"), help_text=_("例如第十二条。"), max_length=40)
    reasons = forms.CharField(
        label=_("理由"),
        help_text=_("会员先看到，可以陈述申辩。不写别人的姓名和号码。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the kinds."""
        super().__init__(*args, **kwargs)
        offered = [("", _("请选择")), *((code, text(words)) for code, words in kinds().items())]
        self.fields["kind"].choices = offered  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """What a member says: before anything is decided, or against what was."""

    words = forms.CharField(
        label=_("您要说明什么"),
        help_text=_("写明事实和理由。协会不得因为您申辩而加重。"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
