"""What a named person, a merchant or a buyer says about a review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.casework.facade import text
from chengxin.reviews.tables import grounds


class HideForm(forms.Form):
    """On which ground, and why; both are public."""

    ground = forms.ChoiceField(label=_("依据"), help_text=_("差评不是依据。"), widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("理由"),
        help_text=_("任何人都看得到。不要重复写出要屏蔽的个人信息。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the grounds of law."""
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [(one.code, text(one.title)) for one in grounds().values()]  # type: ignore[attr-defined]


class ShowForm(forms.Form):
    """Why the words are shown again."""

    reasons = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))


class TradeForm(forms.Form):
    """Which trade a buyer asks about, as its platform knows it."""

    platform = forms.ChoiceField(label=_("在哪个平台买的"), widget=forms.RadioSelect)
    order = forms.CharField(label=_("订单号"), max_length=64, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    buyer = forms.CharField(
        label=_("您在这个平台的买家编号"),
        help_text=_("在平台的账户页面里。店铺没有这个编号，所以别人看不到。"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, platforms: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the registered platforms."""
        super().__init__(*args, **kwargs)
        self.fields["platform"].choices = platforms  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What a merchant answers in public."""

    text = forms.CharField(
        label=_("公开回复"),
        help_text=_("任何人都看得到，写了不能改。不要写买家的姓名、电话和地址。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ContestForm(HideForm):
    """On which ground a merchant asks the platform to check a review, and why."""

    words = forms.CharField(
        label=_("是哪一句，为什么"),
        help_text=_("平台和您看得到。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reasons = None  # type: ignore[assignment]
