"""What a person asks of the list of looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.archives import facade as archives
from chengxin.audit.contracts import LookFilter, Outcome, Side
from chengxin.kernel.clock import start_of
from chengxin.looks.contracts import Withholding
from chengxin.looks.grounds import grounds
from chengxin.ui.facade import DateInput, in_language


class FilterForm(forms.Form):
    """Which looks to show; it travels in the address, so it works without scripts and can be kept."""

    since = forms.DateField(label=_("从哪天起"), required=False, widget=DateInput())
    until = forms.DateField(label=_("到哪天止"), required=False, widget=DateInput())
    body = forms.ChoiceField(label=_("单位"), required=False)
    purpose = forms.ChoiceField(label=_("用途"), required=False)
    outcome = forms.ChoiceField(
        label=_("结果"),
        required=False,
        choices=(("", _("全部")), (Outcome.DELIVERED, _("已提供")), (Outcome.REFUSED, _("没有提供"))),
    )
    side = forms.ChoiceField(
        label=_("谁看的"),
        required=False,
        choices=(("", _("全部")), (Side.OTHERS, _("别人")), (Side.OWN, _("自己"))),
    )

    def __init__(self, *args: Any, askers: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the bodies and purposes that occur."""
        super().__init__(*args, **kwargs)
        bodies = sorted({body for body, _purpose in askers if body})
        purposes = sorted({purpose for _body, purpose in askers})
        self.fields["body"].choices = [("", _("全部")), *((code, archives.body_name(code)) for code in bodies)]  # type: ignore[attr-defined]
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]
            ("", _("全部")),
            *((code, archives.purpose_name(code)) for code in purposes),
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a time that ends before it begins."""
        given = super().clean() or {}
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("要晚于开始的那天。"))
        return given

    def chosen(self) -> LookFilter:
        """Return what was asked for; of a form with a mistake nothing is left out."""
        if not self.is_valid():
            return LookFilter()
        given = self.cleaned_data
        return LookFilter(
            since=start_of(given["since"]) if given["since"] else None,
            until=start_of(given["until"] + timedelta(days=1)) if given["until"] else None,
            body=given["body"],
            purpose=given["purpose"],
            outcome=given["outcome"],
            side=given["side"],
        )


class WordsForm(forms.Form):
    """A word more on one's own challenge."""

    words = forms.CharField(
        label=_("补充说明"),
        help_text=_("例如：我没有在这个单位办过事。查询单位和审查的人都会看到，请不要写证件号码。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RestrictionForm(forms.Form):
    """Why the looks of one case are to be withheld from their person, and until when."""

    number = forms.CharField(
        label=_("当事人的身份证号码"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    reference = forms.CharField(
        label=_("案件编号"), help_text=_("和查看时登记的编号一致，只登记这个编号下已经发生的查看。"), max_length=80
    )
    ground = forms.ChoiceField(label=_("法定理由"))
    article = forms.CharField(
        label=_("法律名称和条文"),
        help_text=_("依法保密或者不需要告知的，写明哪部法律、行政法规的哪一条。"),
        max_length=120,
        required=False,
    )
    ends_on = forms.DateField(
        label=_("截止日"), help_text=_("这一天零点起自动显示给当事人，不能延长。"), widget=DateInput()
    )
    reasons = forms.CharField(
        label=_("理由"),
        help_text=_("写明为什么现在让当事人看到会有妨害。"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the statutory grounds and no other."""
        super().__init__(*args, **kwargs)
        offered = [(one.code, in_language(one.zh, one.en)) for one in grounds().values()]
        self.fields["ground"].choices = [("", _("请选择")), *offered]  # type: ignore[attr-defined]

    def asked(self) -> Withholding:
        """Return what was filled in."""
        return Withholding(**self.cleaned_data)
