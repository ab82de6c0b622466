"""The page on which whoever handed in a picture says which part others may see; the same for tips and complaints."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chengxin.complaints.covering import WISHES
from chengxin.files import facade as files
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.ui.facade import Crumb, Page, State, Tone, private, say_on

MARKING: Final = frozenset({"mark", *WISHES})
_WIDTH: Final = 720


class Show(Protocol):
    """Keep a mark: of whose code, on which paper, what may be seen."""

    def __call__(self, code: str, digest: str, *, wish: str, cells: list[int], now: datetime) -> None:
        """Keep it, or refuse."""


class MarkForm(forms.Form):
    """Which cells of a picture may be seen; what was marked before is carried along."""

    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    digest = forms.RegexField("^[0-9a-f]{32}$", widget=forms.HiddenInput)
    was = forms.CharField(max_length=400, required=False, widget=forms.HiddenInput)
    cells = forms.TypedMultipleChoiceField(
        coerce=int, choices=[(cell, cell) for cell in range(files.MOST_CELLS)], required=False
    )


class UncoverForm(forms.Form):
    """Why an officer looks at what is covered."""

    reasons = forms.CharField(
        label=gettext_lazy("为什么要看遮住的部分"),
        help_text=gettext_lazy("提交的人看得到这句话。"),
        max_length=200,
    )


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of the grid over a picture, in words."""

    value: int
    words: str
    is_shown: bool


@dataclass(frozen=True, kw_only=True)
class Marking:
    """A picture with its grid; without a picture (a PDF) the paper is shown or covered as a whole."""

    picture: str
    cells: tuple[Cell, ...]


def mark(
    request: HttpRequest, *, followed_on: Page, open_own: Callable[[str, str], bytes], show: Show
) -> HttpResponse | None:
    """Show the grid, or keep what was marked and return None; it stands behind the page at the same address."""
    form = MarkForm(request.POST)
    form.full_clean()
    code, digest = (str(form.data.get(name, "")) for name in ("code", "digest"))
    content = open_own(code, digest)
    press = request.POST.get("press", "")
    if press in WISHES and form.is_valid():
        try:
            show(code, digest, wish=press, cells=form.cleaned_data["cells"], now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return None
    marking = marking_of(content, form.cleaned_data.get("was", ""))
    title, back = _("图里哪些可以看"), Crumb(text=_("查看进展"), url=request.path)
    page = Page(title=title, crumbs=(*followed_on.crumbs[:-1], back, Crumb(text=title)))
    context = {"page": page, "form": form, "marking": marking}
    return private(render(request, "complaints/marking.html", context, status=422 if form.errors else 200))


def marking_of(content: bytes, was: str) -> Marking:
    """Return a paper of one's own as it is marked: the picture itself, small, and its cells."""
    if not files.is_picture(content):
        return Marking(picture="", cells=())
    columns, rows = files.grid_of(content)
    before = files.read_shown(was)
    cells = tuple(
        Cell(
            value=cell,
            words=_("第%(row)d行第%(column)d格") % {"row": cell // columns + 1, "column": cell % columns + 1},
            is_shown=cell in before.cells,
        )
        for cell in range(columns * rows)
    )
    small = b64encode(files.smaller(content, width=_WIDTH)).decode()
    return Marking(picture=f"data:image/jpeg;base64,{small}", cells=cells)


def covering(written: str) -> State:
    """Say how much of a paper may be seen."""
    shown = files.read_shown(written)
    if shown.is_whole:
        return State(word=_("全部可以看"), tone=Tone.INFO)
    if not shown.cells:
        return State(word=_("全部遮住"), tone=Tone.TODO)
    count = len(shown.cells)
    return State(word=ngettext("露出%d格，其余遮住", "露出%d格，其余遮住", count) % count, tone=Tone.INFO)
