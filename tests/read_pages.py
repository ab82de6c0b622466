"""What is wrong with a page as its bytes stand: `faults_of(html)`, and the links and filters it offers.

No browser is asked: what a reader or a screen reader misses is in the HTML already.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
UNREAD = frozenset({"script", "style", "code", "pre", "samp", "kbd", "textarea", "svg"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
NAMED = frozenset({"a", "button", "summary", "th", "caption", "legend", "label", "title"}) | HEADINGS
CONTROLS = frozenset({"input", "select", "textarea"})
EXEMPT = frozenset({"/display"})
"""How a page is shown is nobody's secret: the form says it without a session."""
UNLABELLED = frozenset({"hidden", "submit", "button", "image"})
ADDRESS = re.compile(
    r"(https?|urn|mailto)[:/]\S*|/[\w./{}?=&<>-]+|[\w.-]+@[\w.-]+|[\w-]+(\.[\w-]+)*\.(org|com|net|invalid)\b"
)
FILE = re.compile(r"\b[\w.-]+\.(csv|xlsx|json|jsonl|pdf|parquet|ics|txt|xml|zip|tar|gz|jpe?g|png|typ|ya?ml|py|md)\b")
CODES = (
    re.compile(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b", re.ASCII),
    re.compile(r"\b[a-z][a-z_]+\.[a-z][a-z_.]+\b", re.ASCII),
    re.compile(r"(?<![a-z] )\b(?:None|True|False|nan|null|undefined)\b(?! [a-z])", re.ASCII),
    re.compile(
        r"(?:datetime|UUID|Decimal|frozenset|OrderedDict)\(|<[\w.]+ object|%\(\w+\)[sd]|\{\w*\}|\{\{|\{%|\[\]|\[['\"]"
    ),
    re.compile(r"\b[A-Z][A-Za-z]+\.[A-Z_]{2,}\b", re.ASCII),
)


@dataclass
class Element:
    """An open element: its name and attributes, the text in it, and whether the text is said instead."""

    name: str
    attributes: dict[str, str]
    text: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Return what the element says."""
        return " ".join("".join(self.text).split())


@dataclass
class Form:
    """A form as far as a reader without scripts may send it."""

    method: str
    action: str
    names: list[str] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)


class Read(HTMLParser):
    """A page, read from its beginning to its end."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.ids: list[str] = []
        self.pointed: list[str] = []
        self.labelled: set[str] = set()
        self.controls: list[tuple[dict[str, str], bool]] = []
        self.named: list[Element] = []
        self.texts: list[str] = []
        self.foreign: set[str] = set()
        self.lang = ""
        self._open: list[Element] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element brings."""
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
            self.pointed += given.get(name, "").split()
        self.texts += [given[name] for name in ("aria-label", "title", "alt", "placeholder") if given.get(name)]
        getattr(self, f"_begin_{tag}", lambda _: None)(given)
        said = given.get("aria-label") or given.get("alt")
        if said:
            for element in self._open:
                element.text.append(f" {said} ")
        if tag in CONTROLS:
            self._note_control(tag, given)
        if tag not in VOID:
            self._open.append(Element(tag, given, [given.get("aria-label", "")]))

    def handle_endtag(self, tag: str) -> None:
        """Close the element and what was left open in it."""
        if not any(element.name == tag for element in self._open):
            return
        while self._open:
            element = self._open.pop()
            if element.name in NAMED:
                self.named.append(element)
            if element.name == tag:
                return

    def handle_data(self, data: str) -> None:
        """Note a text in all that holds it."""
        for element in self._open:
            element.text.append(data)
        if data.strip() and not any(element.name in UNREAD for element in self._open):
            self.texts.append(" ".join(data.split()))
            if any(element.attributes.get("lang", self.lang) != self.lang for element in self._open):
                self.foreign.add(self.texts[-1])

    def _begin_html(self, given: dict[str, str]) -> None:
        self.lang = given.get("lang", "")

    def _begin_a(self, given: dict[str, str]) -> None:
        if "href" in given:
            self.links.append(given["href"])

    def _begin_label(self, given: dict[str, str]) -> None:
        self.labelled.add(given.get("for", ""))

    def _begin_form(self, given: dict[str, str]) -> None:
        self.forms.append(Form(given.get("method", "get").lower(), given.get("action", "")))

    def _note_control(self, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text") if tag == "input" else tag
        if self.forms and any(element.name == "form" for element in self._open) and given.get("name"):
            form = self.forms[-1]
            if kind == "hidden":
                form.hidden[given["name"]] = given.get("value", "")
            elif kind not in {"checkbox", "radio", "submit"}:
                form.names.append(given["name"])
        if kind not in UNLABELLED:
            self.controls.append((given, any(element.name == "label" for element in self._open)))


def faults_of(page: Read, *, lang: str = "zh-Hans", raw: bool = True) -> list[str]:
    """Return what is wrong with a page, each as a line; `raw`: names of programs have no place in it."""
    faults = [] if page.lang == lang else [f"the page says lang={page.lang!r}"]
    said = {element.name: element.words for element in page.named}
    if not said.get("title", "").strip(" -"):
        faults.append("no title")
    if (count := sum(element.name == "h1" for element in page.named)) != 1:
        faults.append(f"{count} h1")
    faults += [f"an empty {one.name}" for one in page.named if not one.words and "hidden" not in one.attributes]
    faults += [
        f"no label: {given.get('name')}" for given, within in page.controls if not _is_labelled(given, within, page)
    ]
    faults += [f"no token: {form.action}" for form in page.forms if _lacks_token(form)]
    faults += [f"the id {one!r} stands twice" for one in sorted({one for one in page.ids if page.ids.count(one) > 1})]
    faults += [f"no element #{one}" for one in sorted(set(page.pointed) - set(page.ids))]
    inside = {href[1:] for href in page.links if href.startswith("#") and len(href) > 1}
    faults += [f"no place #{one}" for one in sorted(inside - set(page.ids))]
    texts = page.texts if raw else ()
    return faults + [f"raw: {found} in {text[:90]!r}" for text in texts for found in raw_in(text)]


def raw_in(text: str) -> list[str]:
    """Return what in a text was written for programs: keys, places left unfilled, values as Python writes them."""
    left = FILE.sub(" ", ADDRESS.sub(" ", text))
    return [match.group() for pattern in CODES for match in pattern.finditer(left)]


def _is_labelled(given: dict[str, str], within: bool, page: Read) -> bool:
    return (
        within or given.get("id", "-") in page.labelled or bool(given.get("aria-label") or given.get("aria-labelledby"))
    )


def _lacks_token(form: Form) -> bool:
    return form.method == "post" and form.action not in EXEMPT and "csrfmiddlewaretoken" not in form.hidden
