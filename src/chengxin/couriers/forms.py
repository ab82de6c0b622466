"""For which use an officer looks at a company."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.casework.facade import text
from chengxin.couriers.standards import uses


def _choices() -> list[tuple[str, str]]:
    return [(code, text(use.title)) for code, use in uses().items()]


class UseForm(forms.Form):
    """One of the uses; there is no look without."""

    use = forms.ChoiceField(label=_("用途"), choices=_choices, widget=forms.RadioSelect)
