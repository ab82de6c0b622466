"""The red lines (红线): what the platform refuses, how each is held, and the tests that prove it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Words
from chengxin.kernel.yaml_text import read_yaml
from chengxin.portals.display import words
from chengxin.records.facade import no_records
from chengxin.ui.facade import Crumb, Link, Page, State, Tone

_BUILT = "by_construction"


@dataclass(frozen=True, kw_only=True)
class RedLine:
    """One red line: what it refuses, how it is held now, the articles it rests on and tests that prove it."""

    number: int
    says: Words
    held: Words
    standing: str
    basis: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A red line as the page shows it."""

    number: int
    says: str
    held: str
    state: State
    basis: tuple[Link, ...]
    tests: tuple[str, ...]


@cache
def read_red_lines() -> tuple[RedLine, ...]:
    """Return the red lines in their order."""
    file = Path(__file__).with_name("data") / "red_lines.yaml"
    return tuple(
        RedLine(
            number=given["number"],
            says=Words(zh=given["says"][0], en=given["says"][1]),
            held=Words(zh=given["held"][0], en=given["held"][1]),
            standing=given["standing"],
            basis=tuple(given["basis"]),
            tests=tuple(given["tests"]),
        )
        for given in read_yaml(file.read_text("utf-8"))
    )


@no_records
def red_lines(request: HttpRequest) -> HttpResponse:
    """Say in plain words what the platform never does, whoever asks."""
    page = Page(
        title=_("红线"),
        lead=_("平台不做的二十四件事。没有哪个设置、哪个岗位可以打开；每一条都有公开的检验，任何人可以自己运行。"),
        crumbs=(Crumb(text=_("首页"), url=reverse("home")), Crumb(text=_("红线"))),
    )
    return render(
        request, "portals/red_lines.html", {"page": page, "lines": [_shown(line) for line in read_red_lines()]}
    )


def _shown(line: RedLine) -> Shown:
    state = (
        State(word=_("尚未建设，现在没有能越线的地方"), tone=Tone.INFO)
        if line.standing == _BUILT
        else State(word=_("已由程序和数据库守住"), tone=Tone.DONE)
    )
    return Shown(
        number=line.number,
        says=words(line.says),
        held=words(line.held),
        state=state,
        basis=tuple(
            Link(text=catalogue.citation(article), url=catalogue.citation_url(article)) for article in line.basis
        ),
        tests=line.tests,
    )
