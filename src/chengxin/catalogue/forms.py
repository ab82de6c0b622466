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


class PolicyFilter(forms.Form):
    """Narrow the index of texts by words of the title and by what of the text is kept."""

    q = forms.CharField(label=_("名称"), required=False, max_length=60)
    kept = forms.ChoiceField(
        label=_("收录"),
        required=False,
        choices=lambda: [("", _("全部")), ("held", _("读过全文")), ("cited", _("只读过引用的条文"))],
    )
