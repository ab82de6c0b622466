"""For which use an officer looks at a company, and at which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.casework.facade import text
from chengxin.couriers.standards import uses


class UseForm(forms.Form):
    """One of the uses of a class of companies; there is no look without."""

    use = forms.ChoiceField(label=_("用途"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kind: str = "courier", **kwargs: Any) -> None:  # noqa: ANN401 - as Django has them
        """Offer the uses of the class."""
        super().__init__(*args, **kwargs)
        field = self.fields["use"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, text(use.title)) for code, use in uses().items() if use.kind == kind]


class CompanyForm(forms.Form):
    """Which company an officer looks at."""

    uscc = forms.ChoiceField(label=_("哪家寄递企业"))

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the companies of the register."""
        super().__init__(*args, **kwargs)
        self.fields["uscc"].choices = offered  # type: ignore[attr-defined]


class LimitForm(forms.Form):
    """Which company on the public list, and why something follows."""

    uscc = forms.ChoiceField(label=_("哪家寄递企业"), help_text=_("只列出现在公示中的名单里的企业。"))
    reasons = forms.CharField(
        label=_("理由"),
        help_text=_("企业会看到。不写任何个人。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the companies with an entry that stands."""
        super().__init__(*args, **kwargs)
        self.fields["uscc"].choices = offered  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What a company explains."""

    words = forms.CharField(
        label=_("说明"), help_text=_("不写别人的姓名和号码。"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )
