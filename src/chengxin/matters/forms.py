"""Which matter an officer handles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class MatterForm(forms.Form):
    """Kind, number and applicant of one matter."""

    kind = forms.ChoiceField(label=_("办理事项"))
    number = forms.CharField(label=_("办件编号"), help_text=_("在本单位的受理单上。"), max_length=80)
    uscc = forms.CharField(label=_("申请人的统一社会信用代码"), max_length=18)

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the kinds the viewer's body handles."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]
