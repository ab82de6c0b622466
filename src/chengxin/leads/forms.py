"""What a merchant fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.ui.facade import DateInput

MOST_ORDERS = 1000
LONGEST_ORDER = 64


class ReportForm(forms.Form):
    """What a platform's clerk reports about a shop: the behaviour, the days, and the orders that show it."""

    kind = forms.ChoiceField(label=_("哪一种行为"), widget=forms.RadioSelect)
    shop = forms.CharField(label=_("店铺编号"), help_text=_("报送店铺时用的编号。"), max_length=64)
    first_day = forms.DateField(label=_("从哪天起"), widget=DateInput())
    last_day = forms.DateField(label=_("到哪天为止"), widget=DateInput())
    orders = forms.CharField(
        label=_("订单编号"),
        help_text=_("一行一个，最多1000个。不要写买家的姓名、电话。"),
        max_length=65_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the behaviours."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def clean_orders(self) -> list[str]:
        """Return the numbers of orders, each once."""
        found = list(dict.fromkeys(line.strip() for line in self.cleaned_data["orders"].splitlines() if line.strip()))
        if len(found) > MOST_ORDERS or any(len(one) > LONGEST_ORDER for one in found):
            raise forms.ValidationError(_("订单编号最多1000个，每个最多64个字。"), code="orders")
        return found

    def clean(self) -> None:
        """Let the last day not stand before the first."""
        first, last = self.cleaned_data.get("first_day"), self.cleaned_data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", forms.ValidationError(_("最后一天不能早于第一天。"), code="window"))


class AnswerForm(forms.Form):
    """What a merchant says about what was found."""

    text = forms.CharField(
        label=_("您的说明"),
        help_text=_("写清楚是哪些订单、为什么会这样、有哪些单据。请不要写买家的姓名、电话和证件号码。"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
