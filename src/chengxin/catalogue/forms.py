"""The filter of the public catalogue."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.catalogue.plain_words import labels


def _choices(name: str) -> list[tuple[str, object]]:
    return [("", _("全部")), *labels(name).items()]


class CatalogueFilter(forms.Form):
    """Narrow the list of items; every answer may be left open."""

    national_class = forms.ChoiceField(label=_("类别"), required=False, choices=lambda: _choices("national_class"))
    nature = forms.ChoiceField(label=_("性质"), required=False, choices=lambda: _choices("nature"))
    subject_kind = forms.ChoiceField(label=_("主体"), required=False, choices=lambda: _choices("subject_kind"))
    mode = forms.ChoiceField(label=_("公开属性"), required=False, choices=lambda: _choices("disclosure"))
