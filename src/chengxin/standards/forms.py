"""The simulator's form: two versions, figures, and one indicator as somebody would have it instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chengxin.standards.contracts import Change, Figure, Source, Standard
from chengxin.ui.facade import in_language

LARGEST: Final = 100_000_000
CHANGE: Final = ("weight", "worst", "best", "floor")


class TryForm(forms.Form):
    """Figures of a shop, invented or one's own, and what to print for them; nothing of it is kept."""

    left = forms.ChoiceField(label=_("一个版本"))
    right = forms.ChoiceField(label=_("另一个版本"))
    indicator = forms.ChoiceField(label=_("改哪个指标"), required=False)
    weight = forms.IntegerField(label=_("权重"), required=False, min_value=1, max_value=100)
    worst = forms.DecimalField(label=_("零分值"), required=False, max_digits=8, decimal_places=2)
    best = forms.DecimalField(label=_("满分值"), required=False, max_digits=8, decimal_places=2)
    floor = forms.IntegerField(label=_("最少样本"), required=False, min_value=1, max_value=LARGEST)

    def __init__(
        self, data: Mapping[str, Any], *, versions: Mapping[str, tuple[str, Standard]], sources: Mapping[str, Source]
    ) -> None:
        super().__init__(data)
        self.versions, self.sources = versions, sources
        choices = [(key, title) for key, (title, _standard) in versions.items()]
        for name in ("left", "right"):
            self.fields[name] = forms.ChoiceField(label=self.fields[name].label, choices=choices)
        known = {one.name: one for _title, standard in versions.values() for one in standard.indicators}
        named = [(name, in_language(one.title.zh, one.title.en)) for name, one in known.items()]
        self.fields["indicator"] = forms.ChoiceField(
            label=self.fields["indicator"].label, required=False, choices=[("", gettext("不改")), *named]
        )
        for code, source in sources.items():
            value, sample = _fields_of(source)
            self.fields[field_of(code)], self.fields[f"{field_of(code)}_n"] = value, sample

    def figures(self) -> dict[str, Figure]:
        """Return the figures that were given with their samples; what was left empty is not known."""
        given = self.cleaned_data
        return {
            code: Figure(value=given[field_of(code)], sample=given[f"{field_of(code)}_n"] or 0)
            for code in self.sources
            if given.get(field_of(code)) is not None
        }

    def change(self) -> Change | None:
        """Return the change of one indicator, or None."""
        given = self.cleaned_data
        said = {name: given[name] for name in CHANGE if given[name] is not None}
        return Change(indicator=given["indicator"], **said) if given["indicator"] and said else None

    @property
    def of_figures(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Return the fields of each source with its title and where it comes from."""
        return [
            (
                in_language(source.title.zh, source.title.en),
                in_language(source.origin.zh, source.origin.en),
                [self[field_of(code)], self[f"{field_of(code)}_n"]],
            )
            for code, source in self.sources.items()
        ]

    @property
    def of_change(self) -> list[forms.BoundField]:
        """Return the fields of a change."""
        return [self[name] for name in ("indicator", *CHANGE)]


def field_of(code: str) -> str:
    """Return the name of the field of a source."""
    return code.replace(".", "_")


def data_of(figures: Mapping[str, Figure]) -> dict[str, str]:
    """Return figures as the form takes them."""
    pairs = [(field_of(code), one) for code, one in figures.items()]
    return {**{name: str(one.value) for name, one in pairs}, **{f"{name}_n": str(one.sample) for name, one in pairs}}


def examples_of(sources: Mapping[str, Source]) -> dict[str, Figure]:
    """Return the invented figures the form begins with."""
    return {code: Figure(value=one.example[0], sample=one.example[1]) for code, one in sources.items()}


def _fields_of(source: Source) -> tuple[forms.Field, forms.Field]:
    unit, whole = in_language(source.unit.zh, source.unit.en), in_language(source.whole.zh, source.whole.en)
    value = forms.DecimalField(
        label=gettext("数值（%s）") % unit,
        required=False,
        min_value=source.low,
        max_value=source.high,
        max_digits=8,
        decimal_places=2,
    )
    sample = forms.IntegerField(label=gettext("样本（%s）") % whole, required=False, min_value=0, max_value=LARGEST)
    return value, sample
