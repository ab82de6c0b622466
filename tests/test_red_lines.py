"""Red lines that bind the whole product: what is not built cannot be crossed, and none goes without a test."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from django import forms
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from tests.browser_plugin import problems_of
from tests.proofs._http import routes
from tools import red_lines

from chengxin.access import facade as access
from chengxin.archives.tests.test_pages import keep
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Nature
from chengxin.crypto import facade as crypto
from chengxin.crypto import keys
from chengxin.database.contracts import Channel as Door
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, Office, accept, ground, hand_in, market
from chengxin.intake.tests.test_main_job import FIRM, HEAD, PERSON
from chengxin.jobs.rules import names_nobody
from chengxin.kernel.actor import ANYONE
from chengxin.portals.red_lines import read_red_lines
from chengxin.records import facade as records
from chengxin.records.contracts import Channel

__all__ = ["accept", "ground", "hand_in", "market"]
ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "chengxin"
NUMBER = "390101199001010017"
COLUMNS = """
    select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
"""


def columns(owner: psycopg.Connection[Any]) -> list[str]:
    found = [name for (name,) in owner.execute(COLUMNS).fetchall()]
    assert len(found) > 200
    return found


def addresses() -> list[str]:
    found = routes()
    assert len(found) > 50
    return found


def matching(pattern: str, names: list[str]) -> list[str]:
    return [name for name in names if re.search(pattern, name)]


def test_redline_04_nothing_is_taken_in_about_a_minor(
    market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> None:
    minor = PERSON.replace(NUMBER, "390101200811230017").replace("林禾舟", "望年幼")
    batch = hand_in((HEAD + FIRM + minor).encode(), market)
    assert (batch.good, batch.questioned) == (1, 1)
    assert accept(batch.id, market).accepted == 1
    with access.acting_for(market.clerk, channel=Door.INTAKE, purpose="filing"), connection.cursor() as cursor:
        cursor.execute("select subject_kind from records_version")
        assert cursor.fetchall() == [("legal_person",)]
        cursor.execute("select kind from subjects_subject")
        assert cursor.fetchall() == [("legal_person",)]


def test_redline_05_no_table_and_no_address_takes_private_talk(owner: psycopg.Connection[Any]) -> None:
    talk = r"chat|private_message|contact_list|friend|follower|social|call_log|browsing"
    assert matching(talk, columns(owner)) == []
    assert matching(talk, addresses()) == []


@pytest.mark.django_db
def test_redline_07_what_cannot_be_logged_is_not_opened(
    market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch], monkeypatch: pytest.MonkeyPatch
) -> None:
    from chengxin.archives import facade as archives
    from chengxin.archives.tests.conftest import citizen

    accept(hand_in((HEAD + PERSON).encode(), market).id, market)
    lin = citizen("lin", NUMBER)
    opened: list[object] = []
    inside = import_module("chengxin.audit.actions")
    open_covered = inside.open_covered
    monkeypatch.setattr(inside, "open_covered", lambda *given: opened.append(given) or open_covered(*given))
    assert archives.own_archive(lin, now=NOW).name == "林禾舟"
    assert len(opened) > 0
    opened.clear()

    def fail(*_: object, **_named: object) -> None:
        raise psycopg.OperationalError("the log is away")

    monkeypatch.setattr(inside, "ask", fail)
    monkeypatch.setattr(import_module("chengxin.audit.apart"), "write_apart", fail)
    with pytest.raises(psycopg.OperationalError), transaction.atomic():
        archives.own_archive(lin, now=NOW)
    assert opened == []


def test_redline_08_no_login_may_change_or_delete_an_event(owner: psycopg.Connection[Any]) -> None:
    asked = """
        select r.rolname, p.privilege from pg_roles r, (values ('UPDATE'), ('DELETE'), ('TRUNCATE')) p (privilege)
         where r.rolname in ('chengxin_app', 'chengxin_web', 'chengxin_worker')
           and (has_table_privilege(r.oid, 'audit_event', p.privilege)
                or p.privilege = 'UPDATE' and has_any_column_privilege(r.oid, 'audit_event', 'UPDATE'))
    """
    assert owner.execute(asked).fetchall() == []


def test_redline_09_nothing_can_hold_points_of_a_person(owner: psycopg.Connection[Any]) -> None:
    points = r"(^|[._])(points?|scores?|rank|ranking|grade|tier)($|[._])|credit_points|integrity_points"
    # What a scene asks of members is about nobody; of a member only that and since when is kept (opt-in, `incentives`).
    # Reputation is of the shops of operators: the policies refuse any other row. Voices are of registered companies.
    of_operators = matching(r"^reviews_score[.]|^reviews_voice[.]score$|^duties_action[.]grade$", columns(owner))
    assert set(matching(points, columns(owner))) == {"incentives_scene.points", *of_operators}
    written = """
        select pg_get_expr(polwithcheck, polrelid) from pg_policy where polcmd <> 'r' and polname <> 'platform_lifts'
           and polrelid = any('{reviews_score,duties_action}'::regclass[])
    """
    checks = [text for (text,) in owner.execute(written).fetchall()]
    assert [("s.seller" in text, "'operator'" in text) for text in checks] == [(True, True)] * 3
    assert sorted(matching(r"^incentives_member[.]", columns(owner))) == [
        "incentives_member.joined_at",
        "incentives_member.subject_id",
    ]
    assert matching(r"(?<!check)points?|scores?|ranking", addresses()) == ["me/points"]


def test_redline_12_no_record_serves_a_measure_without_basis_or_after_its_term(
    market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch], owner: psycopg.Connection[Any]
) -> None:
    from datetime import timedelta

    from chengxin.consents.contracts import Authorisation

    accept(hand_in((HEAD + FIRM).encode(), market).id, market)
    with access.acting_for(market.clerk, channel=Door.BODY, purpose="filing"), connection.cursor() as cursor:
        cursor.execute("select subject_id from records_version")
        (record,) = records.list_of_subject(cursor.fetchone()[0])
    assert record.nature is Nature.ADVERSE
    whole = Authorisation(reference="x", basis=("APL/48",), items=frozenset({"penalty"}), until=NOW + timedelta(9999))
    other = Authorisation(reference="x", basis=("APL/48",), items=frozenset({"licence"}), until=NOW + timedelta(9999))

    def usable(at: Any, authorisation: Authorisation | None) -> bool:
        return records.usable(record, channel=Channel.MEASURE, at=at, authorisation=authorisation)

    assert record.use_ends_on is not None
    last = NOW + timedelta(days=(record.use_ends_on - NOW.date()).days)
    assert [usable(NOW, None), usable(NOW, other), usable(NOW, whole)] == [False, False, True]
    assert [usable(last - timedelta(days=1), whole), usable(last, whole)] == [True, False]
    # All of `measures`, whose tests of this line hold them to the list, the act, the term and whoever did it.
    assert matching(r"measure|blacklist|sanction", addresses()) == [
        "dept/measures",
        "dept/measures/<uuid:measure_id>",
        "dept/measures/look",
        "dept/measures/new/<uuid:subject_id>/<uuid:record_id>/<slug:measure>",
        *("me/measures", "me/measures/<uuid:measure_id>/repair"),
        "measures",
    ]


def test_redline_16_no_outlet_lists_persons_to_outsiders(
    market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch], client: Client
) -> None:
    people = [("林禾舟", NUMBER), ("望星遥", "390202198506151023")]
    rows = [
        PERSON.replace("林禾舟", name).replace(NUMBER, number).replace("3号", f"{place}7号")
        for place, (name, number) in enumerate(people)
    ]
    accept(hand_in((HEAD + FIRM + "".join(rows)).encode(), market).id, market)
    with access.acting_for(market.clerk, channel=Door.BODY, purpose="filing"), connection.cursor() as cursor:
        cursor.execute("select subject_id from records_version where subject_kind = 'natural_person'")
        persons = [found for (found,) in cursor.fetchall()]
    assert len(persons) == 2
    outside = [outlet for outlet in records.list_outlets() if outlet.channel is not Channel.SELF]
    assert len(outside) >= 3
    with access.acting_for(ANYONE, channel=Door.PUBLIC, purpose="public_viewing"):
        found = {outlet.name: [outlet.ids(person, NOW) for person in persons] for outlet in outside}
    assert {name: ids for name, ids in found.items() if any(ids)} == {}
    assert matching(r"export|persons|people|citizens", addresses()) == []


def test_redline_17_a_program_reads_no_closed_record_without_an_authorisation() -> None:
    decisions = yaml.safe_load((SOURCE / "access" / "decisions.yaml").read_text("utf-8"))
    of_programs = [row for row in decisions if "client" in row["roles"]]
    assert len(of_programs) > 5
    about_records = [row for row in of_programs if row["action"].startswith("record.")]
    open_handed = [
        row["action"] for row in about_records if row.get("fields") != "public" and not row.get("needs_authorisation")
    ]
    assert open_handed == []
    wide = [row["action"] for row in of_programs if row.get("fields") == "*" and not row.get("needs_authorisation")]
    assert wide == []


def form_classes() -> Iterator[type[forms.BaseForm]]:
    for config in apps.get_app_configs():
        if config.name.startswith("chengxin."):
            for module in Path(config.path).glob("*forms*.py"):
                found = vars(import_module(f"{config.name}.{module.stem}")).values()
                yield from (one for one in found if isinstance(one, type) and issubclass(one, forms.BaseForm))


def test_redline_18_no_box_is_ticked_beforehand() -> None:
    boxes = [
        (form.__name__, name, field.initial)
        for form in form_classes()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, (forms.BooleanField, forms.MultipleChoiceField))
    ]
    assert len(boxes) > 0
    assert [box for box in boxes if box[2]] == []
    ticked = re.compile(r"<input[^>]*\bchecked\b(?![^>]*{%)")
    written = [file.name for file in SOURCE.glob("*/templates/**/*.html") if ticked.search(file.read_text("utf-8"))]
    assert written == []


@pytest.mark.usefixtures("ground")
def test_redline_18_no_item_holds_a_refusal_of_consent() -> None:
    refusal = re.compile(r"拒绝授权|拒绝同意|撤回同意|撤回授权|refused_consent|withdrawn_consent|revoked_consent")
    items = [item for code in catalogue.list_item_codes() for item in catalogue.item_history(code)]
    assert len(items) > 150
    holding = [item.code for item in items for field in item.fields if refusal.search(f"{field.name} {field.title.zh}")]
    assert holding == []


KEPT_REVIEWS = ("hiding", "opening", "parcel_rating", "removal", "review", "said", "snapshot", "trade")


def test_redline_21_no_review_can_be_deleted_or_changed(owner: psycopg.Connection[Any]) -> None:
    tables = {name.partition(".")[0] for name in columns(owner)}
    kept = [f"reviews_{name}" for name in KEPT_REVIEWS]
    # subjects_review is the review of an identity by an officer; scores and voices are computed anew each day.
    assert matching(r"review(?!s_(score|voice)$)|rating|comment", sorted(tables)) == sorted([*kept, "subjects_review"])
    asked = """
        select c.relname, r.rolname, p.privilege from pg_class c, pg_roles r,
               (values ('UPDATE'), ('DELETE'), ('TRUNCATE')) p (privilege)
         where c.relname = any(%s) and r.rolname in ('chengxin_app', 'chengxin_web', 'chengxin_worker')
           and (has_table_privilege(r.oid, c.oid, p.privilege)
                or p.privilege = 'UPDATE' and has_any_column_privilege(r.oid, c.oid, 'UPDATE'))
    """
    assert owner.execute(asked, [kept]).fetchall() == []
    # The owner's own statements are refused by triggers: before update (16) or delete (8), before truncate (32).
    fired = """
        select c.relname, bit_or(t.tgtype & 56) from pg_trigger t join pg_class c on c.oid = t.tgrelid
         where c.relname = any(%s) and t.tgfoid = 'reviews_keep'::regproc and t.tgenabled = 'O' and t.tgtype & 2 = 2
         group by c.relname order by c.relname
    """
    assert owner.execute(fired, [kept]).fetchall() == [(table, 56) for table in sorted(kept)]
    assert sorted(matching(r"review|rating", addresses())) == [
        "api/v1/reviews",
        "api/v1/reviews/snapshots",
        "biz/reviews/<uuid:review_id>",
        "biz/shop/reviews/<uuid:review_id>",
        *("reviews/of-me", "shops/<uuid:shop_id>/reviews"),
    ]


def test_redline_21_nothing_kept_of_a_review_tells_who_wrote_it(owner: psycopg.Connection[Any]) -> None:
    told = r"^reviews_[a-z_]+[.].*(buyer|name|phone|account|subject|author|user|order|parcel)"
    # Keyed hashes; and the operator of the shop that was reviewed.
    assert sorted(matching(told, columns(owner))) == [
        "reviews_review.subject_id",
        "reviews_trade.buyer_tag",
        "reviews_trade.order_tag",
        "reviews_trade.parcel_tag",
    ]


def test_redline_21_a_review_in_the_lake_has_neither_words_nor_reviewer() -> None:
    declared = yaml.safe_load((SOURCE / "lake" / "datasets.yaml").read_text("utf-8"))["reviews"]["fields"]
    assert sorted(declared) == ["is_follow_up", "order_id", "review_id", "reviewed_at", "score"]


def test_redline_22_a_number_is_indexed_only_with_a_key(
    market: Office,
    hand_in: Callable[..., Batch],
    accept: Callable[..., Batch],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    accept(hand_in((HEAD + PERSON).encode(), market).id, market)
    with access.acting_for(market.clerk, channel=Door.BODY, purpose="filing"), connection.cursor() as cursor:
        cursor.execute("select blind from subjects_identifier where blind is not null")
        kept = [bytes(blind) for (blind,) in cursor.fetchall()]
    plain = [hashlib.new(name, NUMBER.encode()).digest() for name in ("md5", "sha1", "sha256", "sm3")]
    assert len(kept) == 1
    assert [digest for digest in plain if digest[:16] in kept or digest in kept] == []
    before = crypto.blind("subjects_identifier.id_no", NUMBER)
    keys.create_missing(tmp_path / "other")
    monkeypatch.setenv("CHENGXIN_KEYS", str(tmp_path / "other"))
    assert crypto.blind("subjects_identifier.id_no", NUMBER) != before


def test_redline_22_nothing_goes_to_another_host_but_calls_about_corrections_which_name_nobody() -> None:
    outward = {"requests", "httpx", "aiohttp", "urllib.request", "http.client", "ftplib", "smtplib", "urllib3", "boto3"}
    found = []
    for file in SOURCE.rglob("*.py"):
        if "tests" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [f"{file.relative_to(SOURCE)}: {name}" for name in names if name in outward]
    # The demonstration visits its own site, at addresses of this machine, to show it as a browser sees it.
    own = ["demo/telling.py: urllib.request", "demo/visitor.py: urllib.request"]
    assert sorted(found) == [*own, "jobs/webhooks.py: http.client"]
    assert not names_nobody({"name": "林禾舟"})  # `put` refuses any other payload, so no call can carry one.


def test_redline_23_nothing_switches_debugging_on() -> None:
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "chengxin.site.settings", "DEBUG": "1", "DJANGO_DEBUG": "1"}
    environ |= {"CHENGXIN_DEBUG": "1", "CHENGXIN_DEMO": "0"}
    ask = (
        "import django; django.setup(); from django.conf import settings as s; "
        "from django.urls import get_resolver as r; "
        "names = [str(p.pattern) for p in r().url_patterns]; "
        "print(s.DEBUG, [name for name in names if 'debug' in name or 'admin' in name])"
    )
    done = subprocess.run([sys.executable, "-c", ask], env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False []"


def test_redline_24_every_line_has_tests_that_exist() -> None:
    assert red_lines.problems() == []
    assert [line.number for line in read_red_lines()] == list(range(1, 25))


def test_redline_24_a_line_without_a_test_and_a_test_passed_over_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text(
        "import pytest\n@pytest.mark.skip\ndef test_redline_01_x(): pass\n", "utf-8"
    )
    monkeypatch.setattr(red_lines, "ROOT", tmp_path)
    said = red_lines.problems()
    assert "tests/test_x.py::test_redline_01_x is a test of a red line and is passed over" in said
    assert "red line 2 has no test test_redline_02_…" in said
    assert not any(problem.startswith("red line 1 has no test") for problem in said)


def test_redline_24_a_skipped_red_line_is_a_failure(tmp_path: Path) -> None:
    later = "    pytest.skip('later')\n"
    body = f"import pytest\ndef test_redline_01_x():\n{later}def test_other():\n{later}"
    (tmp_path / "test_lines.py").write_text(body, "utf-8")
    words = [sys.executable, "-m", "pytest", "-q", "-p", "conftest", "-c", str(ROOT / "pyproject.toml")]
    words += [f"--rootdir={tmp_path}", str(tmp_path / "test_lines.py")]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert "1 failed, 1 skipped" in done.stdout, done.stdout + done.stderr
    assert "A red line is never passed over (red line 24)" in done.stdout


@pytest.mark.django_db
def test_the_page_says_each_line_how_it_is_held_and_by_which_tests(client: Client) -> None:
    said = client.get("/red-lines").content.decode()
    for line in read_red_lines():
        assert f"{line.number}. {line.says.zh}" in said
        assert all(test in said for test in line.tests)
    # What each line forbids can be done somewhere by now, so each is enforced.
    assert said.count("尚未建设，现在没有能越线的地方") == 0
    client.cookies["chengxin_language"] = "en"
    english = client.get("/red-lines").content.decode()
    assert "No record is kept without a catalogue item" in english
    main = re.sub(r"《[^》]*》", "", re.findall(r"<main.*</main>", english, re.DOTALL)[0])
    assert not re.search(r"[一-鿿]", main)
    assert 'href="/red-lines"' in client.get("/help").content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_is_whole_on_a_phone_with_and_without_scripts(
    live_server: LiveServer, browser_page: Callable[..., Page]
) -> None:
    plain = browser_page(width=320, javascript=False)
    plain.goto(f"{live_server.url}/red-lines")
    assert plain.get_by_text("./chengxin check redlines").is_visible()
    keep(plain, "red-lines")
    page = browser_page(width=320)
    page.goto(f"{live_server.url}/red-lines")
    assert problems_of(page) == []
