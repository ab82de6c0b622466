"""The province the proofs attack: two sides, alike in everything, that must never see each other's.

Each side has a department with a clerk and an approver, its credit office, a service hall, a bank, a registered
program, citizens and firms. Words that stand only in one side's papers are its canaries.
"""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from tests.proofs._associations_rows import ASSOCIATIONS
from tests.proofs._casework_rows import CASEWORK, MESSAGES, REPAIR
from tests.proofs._disputes_rows import DISPUTES
from tests.proofs._leads_rows import LEADS
from tests.proofs._lists_rows import LISTS
from tests.proofs._mandate_rows import lay_mandates
from tests.proofs._market_rows import MARKET
from tests.proofs._trust_rows import TRUST

from chengxin.access import facade as access
from chengxin.access.contracts import Body
from chengxin.access.tests import cast
from chengxin.archives import facade as archives
from chengxin.archives.bodies import forget_bodies
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Ref
from chengxin.catalogue import facade as catalogue
from chengxin.database.contracts import Channel
from chengxin.intake import facade as intake
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, SETUP, Office, open_office
from chengxin.intake.tests.test_main_job import BAD, FIRM, HEAD, PERSON
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import simulated
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.kernel.tests.numbers import id_no, uscc
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind
from chengxin.subjects import facade as subjects

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SURNAMES = {"A": "林苏沈陆", "B": "望顾叶白"}
Pairs = tuple[tuple[str, str], ...]
GIVEN = "禾舟星遥书瑶松岚青川"


@dataclass(frozen=True)
class Side:
    """One half of the province: what it is called, where it lies, and who belongs to it."""

    letter: str
    area: str
    department: Office
    office: Actor
    window: Actor
    bank: Office
    citizen: Actor
    guardian: Actor
    citizens: tuple[str, ...]
    persons: tuple[tuple[str, str], ...]
    firms: tuple[tuple[str, str], ...]
    program: Actor
    header: str
    canaries: frozenset[str]
    batch_id: UUID
    things: dict[str, Any] = field(default_factory=dict)


def superuser() -> psycopg.Connection[Any]:
    """Connect past row security, to see what really is there."""
    given = connection.settings_dict
    return psycopg.connect(
        host=given["HOST"], port=given["PORT"], dbname=given["NAME"], user="postgres", autocommit=True
    )


def sign_in(username: str) -> Client:
    """Return a browser in which somebody is signed in."""
    return cast.sign_in(username, client=Client(raise_request_exception=False))


def people(count: int, *, letter: str) -> tuple[tuple[str, str], ...]:
    """Return names and numbers of adults that are nobody's: the letter sets the two sides apart."""
    region = {"A": "390101", "B": "390202"}[letter]
    return tuple(
        (
            SURNAMES[letter][place % 4] + GIVEN[place % 9] + GIVEN[(place // 9 + 1) % 9],
            id_no(f"{region}19{60 + place % 40}{place % 12 + 1:02}15{(place * 7 + 11) % 1000:03}"),
        )
        for place in range(count)
    )


def firms(count: int, *, letter: str) -> tuple[tuple[str, str], ...]:
    """Return names and codes of firms."""
    return tuple(
        (f"云汀{letter}号{place}商贸有限公司", uscc(f"91390100MA{'4' if letter == 'A' else '7'}{place:06}"))
        for place in range(count)
    )


def file_of(side: str, *, body: str, code: str, persons: Any, companies: Any) -> bytes:
    """Write the file a department hands in: its firms, its persons and one row that is questioned."""
    rows = [
        FIRM.replace("云汀禾木商贸有限公司", name, 1).replace("91390100MA0000015M", number, 1).replace("1号", f"F{n}号")
        for n, (name, number) in enumerate(companies)
    ]
    rows += [
        PERSON.replace("林禾舟", name).replace("390101199001010017", number).replace("3号", f"P{n}号")
        for n, (name, number) in enumerate(persons)
    ]
    text = "".join([*rows, BAD.replace("4号", "BAD号")])
    text = text.replace("云市监处罚", f"云{side}侧罚").replace("云汀市市场监督管理局", body)
    return (HEAD + text.replace(",91390100MA0000015M,", f",{code},")).encode()


def hand_in(content: bytes, office: Office) -> Batch:
    """Hand a file in as the clerk."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload.csv"
        path.write_bytes(content)
        with access.acting_for(office.clerk, channel=Channel.INTAKE, purpose="filing"):
            return intake.upload(
                path, file_name="双公示.csv", item_code="penalty", actor=office.clerk, now=NOW, channel="page"
            )


def accept(batch_id: UUID, office: Office) -> Batch:
    """Submit as the clerk and approve as the second person."""
    with access.acting_for(office.clerk, channel=Channel.INTAKE, purpose="filing"):
        intake.submit(batch_id, actor=office.clerk, now=NOW)
    return intake.decide(batch_id, approves=True, actor=office.approver, now=NOW)


@contextmanager
def world(*, size: int) -> Iterator[tuple[Side, Side]]:
    """Build both sides with some firms and persons each, and stay on their day."""
    forget_bodies()
    catalogue.load(now=NOW)
    with simulated(NOW):
        yield _side("A", size), _side("B", size)


def _side(letter: str, size: int) -> Side:
    area, code = ("390100", uscc("91390100MA0000015")) if letter == "A" else ("390200", uscc("91390200MB0000016"))
    name = f"云汀{letter}侧市场监督管理局"
    department = open_office(f"DEPT{letter}", name, code, area, ("penalty",))
    persons, companies = people(size, letter=letter), firms(size, letter=letter)
    batch = hand_in(file_of(letter, body=name, code=code, persons=persons, companies=companies), department)
    accepted = accept(batch.id, department)
    assert accepted.accepted == 2 * size, accepted
    second = hand_in(file_of(letter, body=name, code=code, persons=(), companies=()), department)
    with access.acting_for(department.clerk, channel=Channel.INTAKE, purpose="filing"):
        intake.fix_cell(second.id, row=2, field="fine", text="1.0", actor=department.clerk, now=NOW)
    side = _named(letter, area, department=department, persons=persons, companies=companies, batch_id=batch.id)
    side.things["fixed_batch"] = second.id
    _live(side)
    return side


def _named(letter: str, area: str, *, department: Office, persons: Pairs, companies: Pairs, batch_id: UUID) -> Side:
    bank = open_office(f"BANK{letter}", f"云汀{letter}侧银行", "", area, ())
    program, header = _program(letter, area)
    citizens = tuple(_citizen(f"citizen-{letter.lower()}{place}", persons[place][1]) for place in range(2))
    return Side(
        letter=letter,
        area=area,
        department=department,
        office=_staff(f"OFFICE{letter}", area, Role.CASE_OFFICER, is_credit_office=True),
        window=_staff(f"HALL{letter}", area, Role.HALL_CLERK),
        bank=bank,
        citizen=_actor(citizens[0]),
        guardian=_actor(citizens[1]),
        citizens=citizens,
        persons=persons,
        firms=companies,
        program=program,
        header=header,
        canaries=frozenset(
            {
                *(text for person in persons for text in person),
                f"云{letter}侧罚〔2026〕P",
                f"云{letter}侧罚2026P",
                f"本人说明{letter}",
                f"依据已撤销{letter}",
            }
        ),
        batch_id=batch_id,
    )


def _staff(code: str, area: str, role: Role, *, is_credit_office: bool = False) -> Actor:
    body = Body(
        code=code,
        name_zh=f"云汀{code}",
        name_en=code,
        uscc="",
        area=area,
        level="city",
        fields_of_work=(),
        parent="",
        is_credit_office=is_credit_office,
    )
    access.open_bodies([body], actor=SETUP, now=NOW)
    account = access.open_account(code.lower(), actor=SETUP, now=NOW)
    access.give_post(account.id, body=code, role=role, actor=SETUP, now=NOW, starts_on=date(2020, 1, 1))
    return _actor(code.lower())


def _actor(username: str) -> Actor:
    opened = access.find_account(username, on=NOW.date())
    assert opened is not None
    return access.actor_for_account(opened, on=NOW.date())


def _citizen(username: str, number: str) -> str:
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="filing"):
        subject = subjects.find_by_number(IdentifierKind.ID_NO, number)
    assert subject is not None
    access.open_account(username, actor=SETUP, now=NOW, subject_id=subject.id)
    return username


def _program(letter: str, area: str) -> tuple[Actor, str]:
    scopes = ("record.read_public", "outbox.receive", "batch.upload", "batch.read", "identity.verify")
    new = access.register_client(f"program-{letter}", body=f"DEPT{letter}", scopes=scopes, actor=SETUP, now=NOW)
    pair = base64.b64encode(f"{new.client.id}:{new.secret}".encode()).decode()
    actor = Actor(key=f"client:{new.client.id}", roles=frozenset({Role.CLIENT}), body=f"DEPT{letter}", area=area)
    return actor, f"Basic {pair}"


def _live(side: Side) -> None:
    """Let a little happen: looks, a statement, reports, a visit, marks, a withdrawal, a program that is told."""
    own, now = side.citizen, NOW + timedelta(minutes=5)
    archive = archives.own_archive(own, now=now)
    side.things["record_id"] = UUID(str(archive.lines[0].record_id))
    archives.state_own_view(own, side.things["record_id"], text=f"本人说明{side.letter}", now=now)
    side.things["code"] = archives.make_report(own, now=now, address_of=lambda made: f"https://example.org/{made}")
    archives.verify(side.things["code"], actor=side.bank.clerk, now=now)
    other = Client()
    address = f"/api/v1/public/subjects/{side.firms[1][1]}"
    assert other.get(address, headers={"Authorization": outsider(side)}).status_code == 200
    _visit(side)
    _mark(side)
    _open_withdrawal(side)
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="correction"):
        records.tell_too_late(since=None, actor=SETUP, now=now + timedelta(hours=1))
    _fill(side)


def outsider(side: Side) -> str:
    """Return the credentials of the bank's program, which receives what the department filed."""
    new = access.register_client(
        f"reader-{side.letter}",
        body=side.bank.body,
        scopes=("record.read_public", "outbox.receive"),
        actor=SETUP,
        now=NOW,
    )
    side.things["reader"] = f"Basic {base64.b64encode(f'{new.client.id}:{new.secret}'.encode()).decode()}"
    side.things["reader_key"] = f"client:{new.client.id}"
    reader = access.actor_for_client(new.client)
    records.set_webhook(f"https://reader-{side.letter.lower()}.example/hooks", actor=reader, now=NOW)
    return str(side.things["reader"])


def _visit(side: Side) -> None:
    name, number = side.persons[0]
    window = sign_in(f"hall{side.letter.lower()}")
    claim = {"name": name, "number": number, "document": "id_card", "is_present": "on"}
    answer = window.post("/hall", claim)
    assert answer.status_code == 302, answer.content.decode()
    side.things["visit_id"] = UUID(answer["Location"].rsplit("/", 1)[1])
    letter = {
        **claim,
        "signed_on": "2026-11-20",
        "letter_number": "委2026-7",
        "representative_name": side.persons[1][0],
        "representative_number": side.persons[1][1],
        "letter": SimpleUploadedFile("letter.pdf", b"%PDF-1.7 a letter"),
    }
    answer = window.post("/hall/representative", letter)
    assert answer.status_code == 302, answer.content.decode()
    side.things["mandate_visit"] = UUID(answer["Location"].rsplit("/", 1)[1])


def _open_withdrawal(side: Side) -> None:
    ref = Ref(kind="record", id=str(side.things["record_id"]), subject_id=side.citizen.subject_id)
    clerk = side.department.clerk
    with access.acting_for(clerk, channel=Channel.BODY, purpose="correction"):
        case = casework.open_case(
            "withdrawal", ref=ref, body=clerk.body, opened_by=clerk, now=NOW, reasons=f"依据已撤销{side.letter}"
        )
    side.things["case_id"] = case.id
    side.things["case_number"] = case.number


FILL = """
    update jobs_message set delivered_at = %(now)s, next_attempt_at = null;
    insert into casework_opening (id, case_id, digest, actor_key, at)
    values (gen_random_uuid(), %(case)s, repeat('0', 64), %(clerk)s, %(now)s);
    insert into notices_notice (id, subject_id, body, sender_body, kind, text_code, parameters, reference, channel,
                                served_at, proof)
    values (gen_random_uuid(), %(own)s, '', %(body)s, 'x', 'x', '{}', 'x', 'inbox', %(now)s, 'x'),
           (gen_random_uuid(), null, %(body)s, '', 'x', 'x', '{}', 'x', 'inbox', %(now)s, 'x');
    insert into subjects_review (id, reason, state, subject_id, other_subject_id, tag, source, opened_at, opened_by,
                                 decided_by, decision_reasons)
    values (gen_random_uuid(), 'two_numbers_one_person', 'open', %(own)s, %(other)s, '\\x01', 'x', %(now)s, 'x', '',
            '');
    insert into subjects_review (id, reason, state, subject_id, tag, claimed_sealed, source, opened_at, opened_by,
                                 decided_at, decided_by, decision_reasons)
    values (gen_random_uuid(), 'same_number_two_names', 'kept_apart', %(own)s, '\\x01', '\\x01', 'x', %(now)s, 'x',
            %(now)s, 'x', 'x');
    insert into subjects_status_change (id, subject_id, status, effective_on, document_digest, reasons, changed_at,
                                        changed_by)
    values (gen_random_uuid(), %(own)s, 'active', '2026-11-01', repeat('0', 64), 'x', %(now)s, 'x'),
           (gen_random_uuid(), %(other)s, 'erased', '2026-11-01', repeat('0', 64), 'x', %(now)s, 'x');
    insert into subjects_representation (id, subject_id, representative_id, ground, document_digest, starts_on,
                                         entered_at, entered_by)
    values (gen_random_uuid(), %(own)s, %(other)s, 'guardian', repeat('0', 64), '2026-11-01', %(now)s, 'x');
"""

MORE = """
    insert into consents_request (id, code, body, rule, items, addressee, reference, actor_key, asked_at, answer_by)
    values (gen_random_uuid(), %(code)s, %(body)s, 'x', '{"penalty": []}', '\\x01', 'x', 'x', %(now)s, %(now)s);
    insert into consents_authorisation (id, ground, subject_id, body, rule, purpose, items, since, granted_at, ends_at,
                                        text, artefact, reference, use_count)
    values (%(authorisation)s, 'consent', %(own)s, %(body)s, 'x', 'x', '{"penalty": []}', '2026-01-01', %(now)s,
            %(now)s + interval '1 day', 'x', 'x', 'x', 0);
    insert into consents_freeze (id, subject_id, began_at, lifted_at)
    values (gen_random_uuid(), %(own)s, %(now)s, %(now)s), (gen_random_uuid(), %(other)s, %(now)s, null);
    insert into consents_step (id, authorisation_id, subject_id, body, state, at, actor_key)
    values (gen_random_uuid(), %(authorisation)s, %(own)s, %(body)s, 'active', %(now)s, 'x');
    insert into consents_use (id, authorisation_id, subject_id, body, rule, at, actor_key, record_count, items, result,
                              is_adverse, items_used, by_person)
    values (gen_random_uuid(), %(authorisation)s, %(own)s, %(body)s, 'x', %(now)s, 'x', 0, '{}', '', false, '{}',
            false);
"""


def _fill(side: Side) -> None:
    """Put rows where no act above has left one, so that no table is attacked empty."""
    given = {"own": side.citizen.subject_id, "other": side.guardian.subject_id, "now": NOW}
    given |= {"case": side.things["case_id"], "clerk": side.department.clerk.key, "body": side.department.body}
    with superuser() as writing, psycopg.ClientCursor(writing) as cursor:
        cursor.execute(FILL, given)
        side.things.update(authorisation=uuid4(), emergency=uuid4())
        given |= {"letter": side.letter, "code": f"CODE{side.letter}", "record": side.things["record_id"]}
        given |= {"officer": side.office.key, "office": side.office.body, "emergency": side.things["emergency"]}
        given["closed"] = uuid4()
        cursor.execute(TRUST + LISTS, given)
        cursor.execute(MARKET + LEADS + DISPUTES + ASSOCIATIONS, given | {"shop": uuid4()})
        cursor.execute(CASEWORK, given | {"letter": side.letter, "query": uuid4(), "citizen": side.citizen.key})
        side.things.update(lay_mandates(cursor, given, (side.citizen, side.guardian, side.office)))
        cursor.execute(MORE + REPAIR, given | {"authorisation": side.things["authorisation"], "application": uuid4()})
        told = "select id::text from jobs_message where recipient = %s order by id"
        side.things["messages"] = [one for (one,) in cursor.execute(told, [side.things["reader_key"]]).fetchall()]
        cursor.execute(MESSAGES, given | {"reader": side.things["reader_key"]})


def _mark(side: Side) -> None:
    department = side.department
    with superuser() as looking:
        keys = looking.execute(
            "select subject_id, record_id from records_version where body = %s and document_key ilike %s order by 2",
            [department.body, "%F1%"],
        ).fetchall()
    subject_id, record_id = keys[0]
    with access.acting_for(department.approver, channel=Channel.BODY, purpose="correction"):
        records.mark(
            subject_id=subject_id,
            record_id=record_id,
            kind=MarkKind.OBJECTION,
            reason=f"核查中{side.letter}",
            reference="YY-1",
            actor=department.approver,
            now=NOW + timedelta(minutes=9),
        )
        records.mark(
            subject_id=side.citizen.subject_id,
            record_id=side.things["record_id"],
            kind=MarkKind.OBJECTION,
            reason=f"核查中{side.letter}",
            reference="YY-2",
            actor=department.approver,
            now=NOW + timedelta(minutes=9),
        )
