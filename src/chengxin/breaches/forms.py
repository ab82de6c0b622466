"""The forms of the breach desk; what is said of a breach is chosen from closed lists."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.breaches.contracts import Lever, Source
from chengxin.breaches.words import words_of
from chengxin.casework.facade import text
from chengxin.catalogue import facade as catalogue
from chengxin.kernel.clock import legal_day, now
from chengxin.ui.facade import DateInput, in_language

SOURCE_WORDS: Final = {
    Source.EXPORT: _("导出的文件泄露"),
    Source.MISUSE: _("违规查询核查"),
    Source.TIP: _("举报"),
    Source.STAFF: _("工作人员发现"),
}
LEVER_WORDS: Final = {
    Lever.ACCOUNT: _("冻结账户"),
    Lever.CLIENT: _("暂停接口"),
}


def choices_of(kind: str) -> list[tuple[str, str]]:
    """Return a closed list as choices in the reader's language."""
    return [(code, text(words)) for code, words in words_of(kind).items()]


class TraceForm(forms.Form):
    """A file that may have leaked; it is read and forgotten."""

    file = forms.FileField(
        label=_("疑似泄露的文件"),
        help_text=_("CSV 或者 XLSX，最多 10 MB。只用来比对，不保存。"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class OpenForm(forms.Form):
    """From where a breach became known."""

    source = forms.ChoiceField(label=_("来源"), choices=[(one.value, SOURCE_WORDS[one]) for one in Source])
    reference = forms.CharField(
        label=_("来源编号"), help_text=_("导出编号、核查案件编号或者举报编号。"), max_length=40, required=False
    )
    found_on = forms.DateField(label=_("发现日期"), widget=DateInput())
    reasons = forms.CharField(
        label=_("情况"),
        help_text=_("不要写任何人的姓名和号码。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PersonForm(forms.Form):
    """A person the source does not list."""

    number = forms.CharField(label=_("证件号码"), max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class AssessForm(forms.Form):
    """What article 57 wants known and told."""

    items = forms.MultipleChoiceField(label=_("涉及的信息种类"), widget=forms.SelectMultiple)
    cause = forms.ChoiceField(label=_("原因"))
    harm = forms.MultipleChoiceField(label=_("可能造成的危害"), widget=forms.CheckboxSelectMultiple)
    remedies = forms.MultipleChoiceField(label=_("已经采取的补救措施"), widget=forms.CheckboxSelectMultiple)
    advice = forms.MultipleChoiceField(label=_("个人可以做什么"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the items in force and the closed lists."""
        super().__init__(*args, **kwargs)
        items = [
            (one.code, in_language(one.title.zh, one.title.en)) for one in catalogue.list_items(on=legal_day(now()))
        ]
        self.fields["items"].choices = items  # type: ignore[attr-defined]
        for name in ("cause", "harm", "remedies", "advice"):
            self.fields[name].choices = choices_of(name)  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """To whom, when and under which number it was reported."""

    authority = forms.ChoiceField(label=_("报告的部门"), choices=lambda: choices_of("authority"))
    reference = forms.CharField(label=_("文号或者受理编号"), max_length=60)
    reported_on = forms.DateField(label=_("报告日期"), widget=DateInput())


class StopForm(forms.Form):
    """What is stopped at once."""

    lever = forms.ChoiceField(label=_("停用"), choices=[(one.value, LEVER_WORDS[one]) for one in Lever])
    reference = forms.CharField(
        label=_("账户名或者接口编号"), help_text=_("账户冻结十五天；接口停到重新登记。"), max_length=80
    )
    reasons = forms.CharField(label=_("理由"), max_length=300)
