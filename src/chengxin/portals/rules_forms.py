"""What somebody fills in to narrow the publicity rules and to try a date."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.facade import ClockRule
from chengxin.portals.clock_trial import Imagined
from chengxin.ui.facade import DateInput

_FIRST, _LAST = date(1990, 1, 1), date(2099, 12, 31)


class RulesFilter(forms.Form):
    """Narrow the table by words of the item's title."""

    q = forms.CharField(label=_("条目名称"), required=False, max_length=60)


class TrialForm(forms.Form):
    """The dates of a record that does not exist."""

    item = forms.ChoiceField(label=_("目录条目"))
    severity = forms.ChoiceField(label=_("严重程度"), required=False)
    determined_on = forms.DateField(label=_("认定日期"), widget=DateInput(), help_text=_("例如处罚决定日期。"))
    ended_act_on = forms.DateField(label=_("失信行为终止日期"), widget=DateInput(), required=False)
    published_on = forms.DateField(label=_("公示日期"), widget=DateInput(), required=False)
    valid_until = forms.DateField(label=_("有效期至，或者移出名单的日期"), widget=DateInput(), required=False)
    lower_fine = forms.BooleanField(label=_("通报批评或者较低数额罚款"), required=False)

    def __init__(self, *args: Any, rules: tuple[ClockRule, ...], **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the items of the table."""
        super().__init__(*args, **kwargs)
        self._rules = rules
        titles = {rule.code: catalogue.rule_title(rule) for rule in rules}
        severities = dict.fromkeys(rule.severity for rule in rules if rule.severity)
        self.fields["item"].choices = [("", _("请选择")), *titles.items()]  # type: ignore[attr-defined]
        self.fields["severity"].choices = [  # type: ignore[attr-defined]
            ("", _("没有分档")),
            *((one, catalogue.label("severity", one)) for one in severities),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the severity where the item's publicity turns on it, and for days the platform can count."""
        given = dict(super().clean() or {})
        for name, value in given.items():
            if isinstance(value, date) and not _FIRST <= value <= _LAST:
                self.add_error(name, _("请填写1990年到2099年之间的日期。"))
        if given.get("item") and not given.get("severity") and self._of(given["item"])[0].severity:
            self.add_error("severity", _("这个条目按严重程度分档，请选择一档。"))
        return given

    def imagined(self) -> Imagined:
        """Return what was filled in."""
        given = self.cleaned_data
        rules = self._of(given["item"])
        return Imagined(
            rule=next((rule for rule in rules if rule.severity == given["severity"]), rules[0]),
            determined_on=given["determined_on"],
            ended_act_on=given["ended_act_on"],
            published_on=given["published_on"],
            valid_until=given["valid_until"],
            is_lower_fine=given["lower_fine"],
        )

    def _of(self, code: str) -> list[ClockRule]:
        return [rule for rule in self._rules if rule.code == code]
