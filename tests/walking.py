"""A walk through the site as one person: every link shown is followed, every filter is sent empty.

`Walk(client).from_pages("/", …)` says in `faults` what was wrong, each with the page that led there. Of addresses that
differ in a number only, the first is looked at: thirty subjects are one page.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from tests.read_pages import Form, Read, faults_of

Kind = tuple[str, tuple[str, ...]]
HTML = "text/html"
ELSEWHERE = {301, 302, 303, 307}
NAMES_FOR_PROGRAMS = frozenset(
    {"catalogue_item", "grants", "intake_batch", "office_source", "standard", "standard_try", "standard_version"}
)
"""Pages that say how columns, bodies, purposes and queries are called in files, which is what they are for."""
LATER = frozenset({"look_proof"})
"""What is there when the log has been laid down, a minute later."""
OWN = ("/me", "/dept", "/office", "/reg", "/biz", "/hall", "/asc")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A page as it was answered: `template` is what it was made of, `texts` its HTML by language, zh and en."""

    address: str
    template: str
    texts: dict[str, str]


@dataclass(kw_only=True)
class Walk:
    """What was seen as one person: which kinds of pages, one address of each, and what was wrong.

    `own` keeps to the pages of a person's post: what is public is the same for all, and was walked before.
    """

    client: Client
    lang: str = "zh-Hans"
    own: bool = False
    faults: list[str] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    kinds: set[Kind] = field(default_factory=set)
    shown: dict[str, Shown] = field(default_factory=dict)

    def from_pages(self, *starts: str) -> Walk:
        """Follow from some pages every link this person is shown."""
        ahead = deque((start, "the beginning") for start in starts)
        asked: set[str] = set()
        while ahead:
            address, shown_on = ahead.popleft()
            kind = kind_of(address)
            if address in asked or kind in self.kinds or (self.own and not address.startswith(OWN)):
                continue
            asked.add(address)
            if kind is None:
                self.faults.append(f"{address} leads nowhere (on {shown_on})")
                continue
            self.kinds.add(kind)
            ahead.extend((found, address) for found in self._look(address, shown_on, page=kind[0]))
        return self

    def _look(self, address: str, shown_on: str, *, page: str) -> list[str]:
        """Look at one page and return where it leads."""
        answer = self.client.get(address)
        if answer.status_code in ELSEWHERE:
            return [urljoin(address, answer.headers["Location"])]
        is_html = answer.headers.get("Content-Type", "").startswith(HTML)
        is_later = page in LATER and answer.status_code == 422
        if (
            answer.status_code >= 400
            and not is_later
            and not (is_html and self._asks_to_sign_in(answer.status_code, answer.content))
        ):
            self.faults.append(f"{address} answers {answer.status_code} (on {shown_on})")
        if answer.status_code >= 400 or not is_html:
            return []
        read = Read(answer.content.decode())
        if page not in self.pages:
            self.pages[page] = address
            self.shown[page] = self._keep(answer)
        found = faults_of(read, lang=self.lang, raw=page not in NAMES_FOR_PROGRAMS)
        self.faults += [f"{address} ({page}): {fault}" for fault in found]
        sent_to = {urljoin(address, form.action or address) for form in read.forms if form.method == "post"}
        self.faults += [f"{address} ({page}): a form to {one}" for one in sorted(sent_to) if kind_of(one) is None]
        return _ways_on(address, read)

    def _keep(self, answer: HttpResponse) -> Shown:
        """Return a page as it was answered, and once more in the other language."""
        address = answer.request["PATH_INFO"] + (f"?{query}" if (query := answer.request["QUERY_STRING"]) else "")
        english = self.client.get(address, headers={"accept-language": "en"})
        return Shown(
            address=address,
            template=answer.templates[0].name if answer.templates else "",
            texts={"zh": answer.content.decode(), "en": english.content.decode()},
        )

    def _asks_to_sign_in(self, status: int, content: bytes) -> bool:
        """Tell whether a page says to somebody unknown to sign in, and brings them back."""
        return status == 401 and "_auth_user_id" not in self.client.session and b'href="/sign-in?next=' in content


def kind_of(address: str) -> Kind | None:
    """Return which page an address is one of, and by what it is narrowed; None for one that is no page of ours."""
    parts = urlsplit(address)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return None
    return found.view_name or found.route, tuple(
        sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    )


def _ways_on(address: str, read: Read) -> list[str]:
    """Return where a page leads: its links, and its filters with nothing filled in."""
    links = [urljoin(address, href) for href in read.links if not href.startswith("#")]
    filters = [_empty(address, form) for form in read.forms if form.method == "get"]
    return [one.partition("#")[0] for one in links + filters if not urlsplit(one).netloc and one.startswith("/")]


def _empty(address: str, form: Form) -> str:
    target = urljoin(address, form.action) if form.action else urlsplit(address).path
    return f"{target}?{urlencode([*form.hidden.items(), *((name, '') for name in form.names)])}"
