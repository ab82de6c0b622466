"""Forms about accounts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.casework.facade import PapersField


class ResetForm(forms.Form):
    """Propose the reset of a lost factor."""

    username = forms.CharField(label=_("用户名"), max_length=60)
    reasons = forms.CharField(
        label=_("怎样核对了身份"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如：本人到场，出示身份证件和工作证。不要写号码。"),
    )
    papers = PapersField(label=_("书面申请"), help_text=_("本人签名的申请，照片或者 PDF。"))


class AppealForm(forms.Form):
    """Appeal against the limits of one's own account."""

    text = forms.CharField(
        label=_("申诉理由"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("请说明查询的工作原因。不要写他人的姓名和号码。"),
    )
