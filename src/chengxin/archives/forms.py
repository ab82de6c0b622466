"""What a subject writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.archives.actions import LONGEST_STATEMENT
from chengxin.archives.areas import Offered
from chengxin.archives.looks import document_titles
from chengxin.ui.facade import DateInput


class StatementForm(forms.Form):
    """One's own statement about a line."""

    text = forms.CharField(
        label=_("本人说明"),
        help_text=_("会和这一条一起出现。最多500字，请不要写证件号码和别人的信息。"),
        max_length=LONGEST_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CertificateForm(forms.Form):
    """Which fields and which period a certificate is about; the fields stand closed under a few headings."""

    fields_of_work = forms.MultipleChoiceField(
        label=_("哪些领域"), help_text=_("按对方的要求选择，可以选几个。"), widget=forms.CheckboxSelectMultiple
    )
    years = forms.TypedChoiceField(
        label=_("多长期间"),
        choices=[(1, _("最近一年")), (3, _("最近三年"))],
        coerce=int,
        initial=3,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the fields in the reader's language."""
        super().__init__(*args, **kwargs)
        self.fields["fields_of_work"].choices = list(offered)  # type: ignore[attr-defined]


class OccupationForm(forms.Form):
    """Which parts of an occupation's archive a report shows; nothing is ticked beforehand."""

    parts = forms.MultipleChoiceField(
        label=_("出示哪些部分"),
        help_text=_("报告只写您勾选的部分；没有勾选的，不写，也不说有没有。"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the parts in the reader's language."""
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = list(offered)  # type: ignore[attr-defined]


class CounterForm(forms.Form):
    """Who stands at the counter, typed from the original document; `is_present` is judged by the action."""

    name = forms.CharField(
        label=_("姓名"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"})
    )
    number = forms.CharField(
        label=_("身份证号码"),
        help_text=_("照证件原件输入，不要照复印件或者照片。"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    document = forms.ChoiceField(label=_("核对的证件原件"))
    is_present = forms.BooleanField(label=_("本人在窗口，我核对了证件原件，照片与本人相符"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the documents in the reader's language."""
        super().__init__(*args, **kwargs)
        choices = [("", _("请选择")), *((kind.value, title) for kind, title in document_titles().items())]
        self.fields["document"].choices = choices  # type: ignore[attr-defined]


class FilingForm(CounterForm):
    """Who stands at the counter and asks the clerk to fill in for them."""

    is_asked = forms.BooleanField(label=_("本人当面要求窗口代填，知道我会看到他的信用档案，每次查看他本人都看得到"))


class MandateForm(CounterForm):
    """A representative with a letter, typed from the originals; `is_present` says that the representative is there."""

    signed_on = forms.DateField(label=_("委托书日期"), widget=DateInput())
    letter_number = forms.CharField(label=_("委托书编号"), max_length=60, required=False)
    letter = forms.FileField(label=_("委托书影像"), help_text=_("PDF、JPEG 或者 PNG，最多 10 MB。加密保存。"))
    representative_name = forms.CharField(
        label=_("代理人姓名"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    representative_number = forms.CharField(
        label=_("代理人身份证号码"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = (
        *("name", "number", "signed_on", "letter_number", "letter"),
        *("representative_name", "representative_number", "document", "is_present"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Say whose documents these are."""
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("委托人姓名")
        self.fields["number"].label = _("委托人身份证号码")
        self.fields["number"].help_text = _("照委托书输入。")
        self.fields["document"].label = _("核对的代理人证件原件")
        self.fields["is_present"].label = _("代理人在窗口，我核对了代理人的证件原件和委托书原件，照片与代理人相符")


class VerifyForm(forms.Form):
    """A verification code."""

    code = forms.CharField(label=_("验真码"), max_length=40)
