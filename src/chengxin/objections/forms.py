"""What a subject writes when objecting, and what a source fills in when correcting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.casework.facade import PapersField, TracesField
from chengxin.catalogue.contracts import Field, FieldType, ItemVersion
from chengxin.objections.contracts import Ground
from chengxin.objections.corrections import may_change
from chengxin.objections.rules import LONGEST_WORDS
from chengxin.ui.facade import DateInput, reads_english

GROUNDS = {
    Ground.ERROR: _("内容有误：事实、数字、日期或者文字不对"),
    Ground.OMISSION: _("有遗漏：缺少应当写明的内容"),
    Ground.EXPIRED: _("超过期限：期限已满仍在公示或者使用"),
    Ground.WRONG_LISTING: _("不应当列入：不符合条件，或者应当移出而没有移出"),
    Ground.PRIVACY: _("侵犯隐私或者商业秘密"),
    Ground.NOT_ME: _("不是我：同名、冒名或者错认"),
}


class ObjectionForm(forms.Form):
    """Why, in one's own words, with photos of papers."""

    ground = forms.ChoiceField(label=_("哪里不对"), choices=[], widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("请用自己的话写明"),
        help_text=_("一两句话就可以。只有办理的单位能看到，每次查看都有记录。最多1000字。"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    papers = PapersField(
        label=_("材料的照片"), help_text=_("可以拍照。没有材料也可以先提交，以后再补。每份最多 10 MB。")
    )
    with_traces = TracesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the grounds in the reader's language."""
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [(ground.value, text) for ground, text in GROUNDS.items()]  # type: ignore[attr-defined]


class PapersForm(forms.Form):
    """More papers, with a sentence about them."""

    words = forms.CharField(
        label=_("说明"), max_length=LONGEST_WORDS, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    papers = PapersField(label=_("材料的照片"), help_text=_("照片或者 PDF，每份最多 10 MB。"))
    with_traces = TracesField()


class ReviewForm(PapersForm):
    """Why the decision is not accepted."""

    words = forms.CharField(label=_("为什么不服"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 4}))


class CorrectionForm(forms.Form):
    """The line as it is to be filed, field by field, and the reasons."""

    reasons = forms.CharField(
        label=_("理由"),
        help_text=_("当事人会看到。请写明查了什么、依据什么。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    papers = PapersField(label=_("材料"), help_text=_("照片或者 PDF，每份最多 10 MB。双方都能看到。"))

    def __init__(self, *args: Any, item: ItemVersion, cells: dict[str, str], **kwargs: Any) -> None:  # noqa: ANN401
        """Ask for every field a correction may change, with what stands now."""
        super().__init__(*args, **kwargs)
        for field in item.fields:
            if may_change(field, item):
                self.fields[f"f_{field.name}"] = _control(field, initial=cells.get(field.name, ""))
        self.order_fields([name for name in self.fields if name.startswith("f_")])

    def changed_cells(self) -> dict[str, str]:
        """Return what was filled in, by field."""
        return {
            name.removeprefix("f_"): str(value or "")
            for name, value in self.cleaned_data.items()
            if name.startswith("f_")
        }


def _control(field: Field, *, initial: str) -> forms.Field:
    given: dict[str, Any] = {
        "label": (field.title.en if reads_english() else "") or field.title.zh,
        "initial": initial,
        "required": False,
    }
    if field.codes and not field.multiple:
        choices = [(code.value, code.label.en if reads_english() else code.label.zh) for code in field.codes]
        return forms.ChoiceField(choices=[("", "—"), *choices], **given)
    if field.type is FieldType.BOOLEAN:
        return forms.ChoiceField(choices=[("", "—"), ("是", _("是")), ("否", _("否"))], **given)
    if field.type is FieldType.DATE:
        return forms.CharField(widget=DateInput(), **given)
    if field.max_length > 200:
        return forms.CharField(max_length=field.max_length, widget=forms.Textarea(attrs={"rows": 3}), **given)
    return forms.CharField(max_length=field.max_length, **given)
