"""What a clerk fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.catalogue import facade as catalogue
from chengxin.kernel.clock import legal_day, now
from chengxin.ui.facade import reads_english


class UploadForm(forms.Form):
    """A file for a catalogue item the body may file."""

    item = forms.ChoiceField(label=_("目录条目"), help_text=_("只列出本单位可以报送的条目。"))
    file = forms.FileField(
        label=_("文件"), help_text=_("CSV（UTF-8 或 GB18030）、Excel、Parquet 或 JSON 行；最多 64 MB、10 万行。")
    )

    def __init__(self, *args: Any, codes: tuple[str, ...], **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer only the items a body may file on this day."""
        super().__init__(*args, **kwargs)
        on = legal_day(now())
        items = [item for code in codes if (item := catalogue.find_item(code, on=on))]
        is_english = reads_english()
        choices = [(item.code, item.title.en if is_english else item.title.zh) for item in items]
        self.fields["item"].choices = [("", _("请选择")), *choices]  # type: ignore[attr-defined]


class FixForm(forms.Form):
    """The corrected text of one cell."""

    row = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    field = forms.CharField(widget=forms.HiddenInput, max_length=60)
    text = forms.CharField(label=_("改为"), required=False, max_length=5000)


class DecideForm(forms.Form):
    """The reasons of a return."""

    reasons = forms.CharField(
        label=_("理由"),
        help_text=_("退回时必填，报送人会看到。"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SourceFilter(forms.Form):
    """Narrow the register of sources by words of the name."""

    q = forms.CharField(label=_("单位名称"), required=False, max_length=60)
