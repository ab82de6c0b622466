"""The forms of a case page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.casework.rules import REASONS_LENGTH

FOR_COLLEAGUES = _("提交的人会看到。退回时必须填写。")


class PapersInput(forms.ClearableFileInput):
    """Take several files at once; a phone offers its camera."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PapersField(forms.FileField):
    """Photos or scans of papers; what each is, is judged where it is kept."""

    def __init__(self, *, required: bool = False, **given: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer pictures and PDF."""
        shown = {"accept": "image/jpeg,image/png,application/pdf"}
        super().__init__(required=required, widget=PapersInput(attrs=shown), **given)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ANN401 - as Django has it
        """Return a list of the files, empty only where none is asked for."""
        if self.required and not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(PapersField, self).clean(one, initial) for one in (data or []) if one]


class TracesField(forms.BooleanField):
    """Ask the giver of a picture whether what the camera wrote into it stays; unticked, it goes."""

    def __init__(self) -> None:
        """Say what is asked, and what happens to who does not answer."""
        super().__init__(
            label=_("保留照片里的拍摄时间、地点和设备"),
            help_text=_(
                "不勾选，保存时就去掉，画面不变。要用它们证明何时何地拍摄的，才勾选；看得到照片的人也看得到它们。"
            ),
            required=False,
        )


class StepForm(forms.Form):
    """Ask for the reasons of a step, its papers and a word to colleagues."""

    reasons = forms.CharField(
        label=_("理由"),
        help_text=_("当事人会看到。请写明事实和依据。"),
        max_length=REASONS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    papers = PapersField(label=_("材料"), help_text=_("照片或者 PDF，每份最多 10 MB。双方都能看到。"))
    with_traces = TracesField()
    note = forms.CharField(
        label=_("给同事的话"),
        help_text=_("只有承办单位能看到。"),
        max_length=REASONS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MoveForm(forms.Form):
    """Hand a case back a step, or send it to the body that is competent for it."""

    why = forms.CharField(
        label=_("原因"), max_length=REASONS_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    body = forms.CharField(label=_("移送到"), help_text=_("单位代码。只在移送时填写。"), max_length=40, required=False)
