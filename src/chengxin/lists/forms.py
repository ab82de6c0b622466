"""What a subject writes to leave a list early, and while the request is being handled."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.casework.facade import PapersField


class LeaveForm(forms.Form):
    """How things were put right, with papers."""

    words = forms.CharField(
        label=_("怎样改正的"),
        help_text=_("写明改正了什么、义务怎样履行。最多1000字，请不要写证件号码。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    papers = PapersField(label=_("证明材料"), help_text=_("照片或者 PDF，每份最多 10 MB。"))


class GoOnForm(forms.Form):
    """What an applicant adds while the request is being handled."""

    words = forms.CharField(
        label=_("您的说明"),
        help_text=_("陈述申辩时写明事实和理由。最多1000字，请不要写证件号码。"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    papers = PapersField(label=_("证明材料"), help_text=_("照片或者 PDF，每份最多 10 MB。"))
