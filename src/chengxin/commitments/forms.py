"""What a maker chooses to promise, how a reader narrows the list, what an officer found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.catalogue.contracts import Field
from chengxin.commitments import display
from chengxin.commitments.contracts import Commitment, Content, Maker, Source, Template
from chengxin.commitments.templates import TAGS
from chengxin.determinations.facade import DraftForm


class CommitmentForm(forms.Form):
    """One box a sentence with its numbers; nothing is ticked beforehand but what stands already."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as Django has it
        known: Mapping[Content, Template],
        standing: Commitment | None,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Build a box and the numbers of each sentence."""
        super().__init__(*args, **kwargs)
        held = {one.content: one.values for one in standing.sentences} if standing else {}
        self._known = known
        for content, template in known.items():
            self.fields[content.value] = forms.BooleanField(
                label=display.content_words(content),
                help_text=display.open_sentence(template),
                required=False,
                initial=content in held,
            )
            for name, bounds in template.values.items():
                self.fields[f"{content.value}-{name}"] = forms.IntegerField(
                    label=display.value_words(name),
                    help_text=_("%(least)s到%(most)s") % {"least": bounds.least, "most": bounds.most},
                    required=False,
                    initial=held.get(content, {}).get(name),
                )

    def groups(self) -> list[tuple[forms.BoundField, list[forms.BoundField]]]:
        """Return each box with the numbers of its sentence."""
        return [
            (self[content.value], [self[f"{content.value}-{name}"] for name in template.values])
            for content, template in self._known.items()
        ]

    def chosen(self) -> dict[Content, dict[str, int]]:
        """Return the numbers of the sentences that were ticked; one left out is refused by the rule."""
        given = self.cleaned_data
        return {
            content: {
                name: given[f"{content.value}-{name}"]
                for name in template.values
                if given.get(f"{content.value}-{name}") is not None
            }
            for content, template in self._known.items()
            if given.get(content.value)
        }


class ChooseForm(forms.Form):
    """Whose commitments, and about what."""

    maker = forms.ChoiceField(label=_("承诺主体"), required=False)
    tag = forms.ChoiceField(label=_("哪一方面"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer what there is; natural persons stand on no list."""
        super().__init__(*args, **kwargs)
        makers = [(one.value, display.maker_words(one)) for one in Maker if one is not Maker.INDIVIDUAL]
        self.fields["maker"].choices = [("", _("全部")), *makers]  # type: ignore[attr-defined]
        self.fields["tag"].choices = [("", _("全部")), *((tag, display.tag_words(tag)) for tag in TAGS)]  # type: ignore[attr-defined]


class FindingForm(DraftForm):
    """Where a broken promise came to light, and on what document it is found."""

    source = forms.ChoiceField(label=_("发现途径"))

    def __init__(self, *args: Any, asked: list[Field], **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Ask for the document, and of a person's promise for the person."""
        super().__init__(*args, asked=asked, **kwargs)
        sources = [(one.value, display.source_words(one)) for one in Source]
        self.fields["source"].choices = sources  # type: ignore[attr-defined]
