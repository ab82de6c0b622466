"""What a clerk and a subject fill in: a draft by the fields of its item, a service with its proof, a statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.catalogue.contracts import Field, FieldType
from chengxin.determinations.contracts import Way
from chengxin.ui.facade import DateInput, reads_english

_LONG = 500


class DraftForm(forms.Form):
    """The fields of a catalogue item that a clerk writes; the law of each is asked by the action."""

    def __init__(self, *args: Any, asked: Sequence[Field], **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Build one field for each column."""
        super().__init__(*args, **kwargs)
        for field in asked:
            self.fields[field.name] = _control(field)

    def cells(self) -> dict[str, str]:
        """Return what was written, as the cells of a sheet."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class ServiceForm(forms.Form):
    """How, when and with what proof a document was served."""

    way = forms.ChoiceField(label=_("送达方式"))
    served_on = forms.DateField(label=_("送达日期"), widget=DateInput(), required=False)
    proof = forms.FileField(
        label=_("送达凭证"),
        help_text=_("送达回证、邮寄回执，或者当事人签署的电子送达确认。PDF、JPEG 或者 PNG，最多 10 MB。"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the ways in the reader's language."""
        super().__init__(*args, **kwargs)
        ways = {
            Way.IN_PERSON: _("当面送达"),
            Way.LETTER: _("邮寄送达"),
            Way.ELECTRONIC: _("电子送达（当事人已签署确认书）"),
        }
        self.fields["way"].choices = [(way.value, title) for way, title in ways.items()]  # type: ignore[attr-defined]


class UndoneForm(forms.Form):
    """By which document and when a decision was undone."""

    document_no = forms.CharField(label=_("撤销文书文号"), max_length=128)
    undone_on = forms.DateField(label=_("撤销日期"), widget=DateInput())


class StatementForm(forms.Form):
    """What a subject says before a decision."""

    text = forms.CharField(
        label=_("陈述申辩"),
        help_text=_("写明事实、理由和证据。承办单位必须复核，不得因为您申辩而加重。请不要写证件号码。"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def _control(field: Field) -> forms.Field:
    english = reads_english()
    note = (field.note.en if english else field.note.zh) if field.note else ""
    said: dict[str, Any] = {
        "label": field.title.en if english and field.title.en else field.title.zh,
        "help_text": note,
        "required": field.required,
    }
    if field.codes:
        choices = [(code.label.zh, code.label.en if english else code.label.zh) for code in field.codes]
        return forms.ChoiceField(choices=[("", _("请选择")), *choices], **said)
    if field.type is FieldType.DATE:
        return forms.DateField(widget=DateInput(), **said)
    widget = forms.Textarea(attrs={"rows": 4}) if field.max_length > _LONG else forms.TextInput()
    return forms.CharField(max_length=field.max_length, widget=widget, **said)
