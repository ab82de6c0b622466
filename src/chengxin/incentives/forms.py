"""Forms of incentives."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.incentives.contracts import Benefit, Condition, Draft, Family
from chengxin.incentives.tables import favourable_items
from chengxin.kernel.clock import legal_day, now
from chengxin.ui.facade import DateInput, in_language

FAMILIES = {
    Family.EDUCATION_HEALTH: _("教育医疗"),
    Family.CARE: _("养老家政"),
    Family.WORK: _("就业创业"),
    Family.SOCIAL_INSURANCE: _("社会保障"),
    Family.CULTURE: _("文化旅游和出行"),
}
BENEFITS = {
    Benefit.NO_DEPOSIT: _("免收押金"),
    Benefit.LOWER_PRICE: _("价格优惠"),
    Benefit.LONGER_TERM: _("延长期限"),
    Benefit.EXTRA_SERVICE: _("增加服务"),
    Benefit.PRIORITY: _("优先办理"),
}


class SceneForm(forms.Form):
    """A scene: what it gives, what everybody gets, to whom it is open, until when."""

    title = forms.CharField(label=_("名称"), max_length=60)
    family = forms.ChoiceField(label=_("场景类别"), choices=[(one.value, text) for one, text in FAMILIES.items()])
    partner = forms.CharField(label=_("由谁提供"), max_length=80)
    benefit = forms.ChoiceField(label=_("优惠方式"), choices=[(one.value, text) for one, text in BENEFITS.items()])
    gives = forms.CharField(label=_("优惠内容"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    normal = forms.CharField(
        label=_("人人都有的正常服务"),
        help_text=_("没有这项优惠的人得到什么。优惠只能在它之上。"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    items = forms.MultipleChoiceField(label=_("哪些守信记录算数"), widget=forms.CheckboxSelectMultiple)
    least = forms.IntegerField(label=_("至少几条"), min_value=1, max_value=50, initial=1)
    years = forms.IntegerField(label=_("几年以内的"), min_value=1, max_value=10, initial=3)
    points = forms.IntegerField(
        label=_("需要积分"), help_text=_("填0就不需要积分。"), min_value=0, max_value=1000, initial=0
    )
    starts_on = forms.DateField(label=_("开始日期"), widget=DateInput)
    ends_on = forms.DateField(label=_("结束日期"), help_text=_("这一天起结束，最长五年。"), widget=DateInput)
    title_en = forms.CharField(label=_("名称（英文）"), max_length=120, required=False)
    gives_en = forms.CharField(label=_("优惠内容（英文）"), max_length=500, required=False)
    normal_en = forms.CharField(label=_("正常服务（英文）"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the favourable items of today."""
        super().__init__(*args, **kwargs)
        found = favourable_items(legal_day(now()))
        choices = [(code, in_language(*titles)) for code, titles in found.items()]
        self.fields["items"].choices = choices  # type: ignore[attr-defined]

    def draft(self) -> Draft:
        """Return what was written."""
        given = dict(self.cleaned_data)
        condition = Condition(
            items=tuple(given.pop("items")),
            least=given.pop("least"),
            years=given.pop("years"),
            points=given.pop("points"),
        )
        family, benefit = Family(given.pop("family")), Benefit(given.pop("benefit"))
        return Draft(family=family, benefit=benefit, condition=condition, **given)


class CodeForm(forms.Form):
    """The code somebody shows."""

    code = forms.CharField(
        label=_("凭证码"),
        help_text=_("十六位，横线可以不输入。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class OperatorForm(forms.Form):
    """Whose matter is being handled."""

    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=18)
    matter = forms.CharField(
        label=_("事项编号"), help_text=_("填写以后可以记录采用与否。"), max_length=80, required=False
    )


class ChoiceForm(forms.Form):
    """What the officer does with a hint."""

    hint = forms.CharField(max_length=40)
    verb = forms.ChoiceField(choices=[("use", ""), ("refuse", "")])
    reasons = forms.CharField(label=_("不采用的理由"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of what is not used."""
        given = super().clean() or self.cleaned_data
        if given.get("verb") == "refuse" and not given.get("reasons", "").strip():
            self.add_error("reasons", _("请写不采用的理由。"))
        return {**given, "reasons": given.get("reasons", "") if given.get("verb") == "refuse" else ""}
