"""No person and no identity number leaves in public: pages, API, error pages, reports in PDF, logs.

A thousand invented adults are filed with names and numbers found nowhere else; then everything the public may open is
opened and scanned, for them and for any eighteen characters that are a valid identity number.
"""

from __future__ import annotations

import io
import itertools
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.test import Client
from pypdf import PdfReader
from tests.proofs import _http
from tests.proofs._log import Going
from tests.proofs._world import Side, accept, file_of, hand_in, sign_in, world

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.clock import simulated
from chengxin.kernel.identifiers import NumberFault, check_id_no
from chengxin.kernel.tests.numbers import id_no

SUMMARY = "A thousand canary identities are in the records, and none is in anything the public or a log can show."
Report = Callable[[str], None]
NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")


def run(short: bool, report: Report) -> dict[str, int | float]:
    """File the canaries, open everything, and scan."""
    with world(size=3) as sides, logged() as log:
        identities = canaries(20 if short else 1_000)
        side = sides[0]
        content = file_of("A", body="云汀A侧市场监督管理局", code=_code_of(side), persons=identities, companies=())
        batch = accept(hand_in(content.replace(b"P", b"K"), side.department).id, side.department)
        assert batch.accepted == len(identities), batch
        report(f"{len(identities)} canaries are filed")
        words = {text for identity in identities for text in identity} | side.canaries | sides[1].canaries
        pages, going = 0, Going()
        for address, said in public_output(identities[:: 10 if short else 1], sides[0]):
            pages += 1
            scan(address, said, words)
            going.on()
        report(f"{pages:,} public replies are clean")
        documents = reports(sides, words)
        lines = log.getvalue()
        scan("the log", lines, words)
    return {
        "canaries": len(identities),
        "public_replies": pages,
        "reports": documents,
        "log_lines": lines.count("\n"),
        "found": 0,
    }


def canaries(count: int) -> list[tuple[str, str]]:
    """Return adults whose given names are two rare characters, so that a name found is a leak."""
    rare = "龘靐齉爩麤灪龖厵滟爨癵驫"
    pairs = itertools.product(rare, rare, "鑫淼焱垚骉晶犇")
    return [
        ("".join(pair), id_no(f"39030119{50 + place % 50}0{place % 9 + 1}1{place % 9}{place % 1000:03}"))
        for place, pair in zip(range(count), pairs, strict=False)
    ]


def _code_of(side: Side) -> str:
    return access.get_body(side.department.body).uscc


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """Collect what the loggers say, at the levels the product sets them to."""
    target = io.StringIO()
    handler = logging.StreamHandler(target)
    loggers = [
        logging.getLogger(name) for name in ("", "django", "django.request", "django.security", "chengxin", "axes")
    ]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield target
    finally:
        for logger in loggers:
            logger.removeHandler(handler)


def public_output(identities: list[tuple[str, str]], side: Side) -> Iterator[tuple[str, str]]:
    """Open every address without an account, and look for each canary by its name and its number."""
    browser = Client(raise_request_exception=False)
    for route in _http.routes():
        for address in _http.addresses(route, side):
            for language in ("zh-hans", "en"):
                reply = browser.get(address, headers={"Accept-Language": language})
                content = b"".join(reply.streaming_content) if reply.streaming else reply.content
                yield address, content.decode("utf-8", "replace") + str(reply.headers)
    for name, number in identities:
        for asked in (name, number):
            for address in (
                "/search?q={}",
                "/subjects/{}",
                "/verify/{}",
                "/api/v1/public/subjects/{}",
                "/publicity/{}",
            ):
                reply = browser.get(address.format(asked))
                # A page may repeat what was typed into it, and no more.
                yield address, (reply.content.decode("utf-8", "replace") + str(reply.headers)).replace(asked, "")
        yield (
            "/search?q=K0",
            browser.get("/search", {"q": f"云A侧罚〔2026〕K{name}号"}).content.decode().replace(name, ""),
        )


def reports(sides: tuple[Side, Side], words: set[str]) -> int:
    """Open one's own report: it names its subject and holds no whole number."""
    made = 0
    later = NOW + timedelta(hours=1)
    for side in sides:
        own = set(side.persons[0])
        code = archives.make_report(side.citizen, now=later, address_of=lambda made: f"https://example.org/{made}")
        with simulated(later):
            reply = sign_in(side.citizens[0]).get(f"/me/reports/{code}.pdf")
        assert reply.status_code == 200, reply.status_code
        content = b"".join(reply.streaming_content) if reply.streaming else reply.content
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        rivals = {word for word in words - own if not word.startswith(("云", "本", "依"))}
        scan("a report", text, rivals)
        scan("the facts of a report", str(PdfReader(io.BytesIO(content)).metadata), words)
        made += 1
    return made


def scan(where: str, said: str, words: set[str]) -> None:
    """Fail on a canary, and on anything that is a valid identity number."""
    found = [word for word in words if word in said]
    assert not found, f"{where} shows {len(found)} canaries"
    valid = [number for number in NUMBER.findall(said) if check_id_no(number, demo=True) is NumberFault.NONE]
    assert not valid, f"{where} shows {len(valid)} valid identity numbers"
