"""The signed context: with it the right rows, with anything less than it no row."""

import json
import time
from datetime import timedelta
from uuid import UUID

import polars as pl
import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import Landing, OtherContext, acting, copy_frame, present_context, read_frame, renew
from chengxin.database.guard_key import key_blocks, key_file, read_key, sign
from chengxin.database.prepare import install_key
from chengxin.database.tests.conftest import take_away
from chengxin.kernel.actor import Actor, Role

ANNA = UUID("01890000-0000-7000-8000-000000000001")
BODO = UUID("01890000-0000-7000-8000-000000000002")


def own_pages_of(subject):
    actor = Actor(key=f"account:{subject}", roles=frozenset({Role.CITIZEN}), subject_id=subject)
    return Context.of(actor, channel=Channel.SELF, purpose="own_archive")


@pytest.fixture
def secrets(transactional_db, owner):
    """Hold one row of each of two people in a protected table, committed, which goes away after the test."""
    owner.execute("create table secret (subject_id uuid primary key, words text not null)")
    owner.execute("insert into secret values (%s, 'of anna'), (%s, 'of bodo')", [ANNA, BODO])
    owner.execute("select guard.protect('secret')")
    owner.execute("create policy own on secret to chengxin_app using (subject_id = (select guard.subject_id()))")
    owner.execute("grant select, insert, update on secret to chengxin_web")
    owner.commit()
    yield
    take_away(owner, "drop table secret")


def words():
    with connection.cursor() as cursor:
        cursor.execute("select words from secret order by words")
        return [row[0] for row in cursor.fetchall()]


def enter(message, signature):
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('guard.context', %s, true), set_config('guard.signature', %s, true)",
            [message, signature],
        )


def claims(**changes):
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return json.dumps({"subject_id": str(ANNA), "pid": pid, "expires": time.time() + 60} | changes)


def key():
    return read_key(key_file())


def test_a_person_sees_her_own_row_and_no_other(secrets):
    with acting(own_pages_of(ANNA)):
        assert words() == ["of anna"]
    with acting(own_pages_of(BODO)):
        assert words() == ["of bodo"]


def test_without_a_context_nobody_sees_a_row(secrets, owner):
    assert words() == []
    with acting(own_pages_of(ANNA)):
        assert words() == ["of anna"]
    assert words() == []
    assert owner.execute("select count(*) from secret").fetchone() == (0,)


def test_a_signed_context_opens_the_rows_and_so_proves_the_refusals_below(secrets):
    with transaction.atomic():
        enter(claims(), sign(claims(), key=key()))
        assert words() == []  # Signed at another moment: the text differs.
        message = claims()
        enter(message, sign(message, key=key()))
        assert words() == ["of anna"]


@pytest.mark.parametrize(
    ("changes", "signing_key"),
    [
        ({}, b"another key of thirty-two bytes.."),
        ({"pid": 1}, None),
        ({"expires": 1}, None),
        ({"expires": None}, None),
        ({"pid": None}, None),
    ],
)
def test_a_context_of_another_key_backend_or_time_opens_nothing(secrets, changes, signing_key):
    message = claims(**changes)
    with transaction.atomic():
        enter(message, sign(message, key=signing_key or key()))
        assert words() == []


def test_a_changed_context_opens_nothing(secrets):
    with transaction.atomic():
        message = claims()
        enter(message.replace(str(ANNA), str(BODO)), sign(message, key=key()))
        assert words() == []


@pytest.mark.parametrize(("message", "signature"), [("", ""), ("not json", "00"), ("{}", "zz"), (None, None)])
def test_nonsense_opens_nothing_and_breaks_nothing(secrets, message, signature):
    with transaction.atomic():
        enter(message, signature)
        assert words() == []


def test_a_row_for_somebody_else_cannot_be_written(secrets):
    with acting(own_pages_of(ANNA)), connection.cursor() as cursor:
        cursor.execute("update secret set words = 'mine' where subject_id = %s", [BODO])
        assert cursor.rowcount == 0
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            cursor.execute("insert into secret values (gen_random_uuid(), 'forged')")


def test_the_context_expires_inside_a_long_transaction(secrets):
    with acting(own_pages_of(ANNA), lasts=timedelta(seconds=0.2)):
        assert words() == ["of anna"]
        time.sleep(0.3)
        assert words() == []


def test_the_same_context_enters_again_and_another_is_refused(secrets):
    with acting(own_pages_of(ANNA)):
        with acting(own_pages_of(ANNA)):
            assert words() == ["of anna"]
        assert words() == ["of anna"]
        with pytest.raises(OtherContext), acting(own_pages_of(BODO)):
            pass
        assert words() == ["of anna"]
        assert present_context() == own_pages_of(ANNA)
    assert present_context() is None


def test_a_context_ends_with_its_block_inside_somebody_elses_transaction(secrets):
    with transaction.atomic():
        with acting(own_pages_of(ANNA)):
            assert words() == ["of anna"]
        assert words() == []


def change_and_fail():
    with acting(own_pages_of(ANNA)), connection.cursor() as cursor:
        cursor.execute("update secret set words = 'changed'")
        cursor.execute("insert into secret values (%s, 'again')", [ANNA])


def test_an_error_inside_ends_the_context_and_undoes_the_work(secrets):
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            change_and_fail()
        assert words() == []
        with acting(own_pages_of(ANNA)):
            assert words() == ["of anna"]


def test_every_helper_answers_what_was_signed(db):
    actor = Actor(key="account:7", roles=frozenset({Role.CLERK, Role.APPROVER}), body="B-7", subject_id=ANNA)
    context = Context.of(actor, channel=Channel.OFFICE, purpose="intake", case_ref="CASE-1")
    sql = """
        select guard.actor_key(), guard.body(), guard.subject_id(), guard.purpose(), guard.channel(), guard.case_ref(),
               guard.has_role('clerk'), guard.has_role('audit_admin')
    """
    with acting(context), connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.fetchone() == ("account:7", "B-7", ANNA, "intake", "office", "CASE-1", True, False)
    with connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.fetchone() == (None, None, None, None, None, None, False, False)


def test_the_context_is_verified_once_per_statement(secrets, owner):
    with acting(own_pages_of(ANNA)), connection.cursor() as cursor:
        cursor.execute("explain (costs off) select words from secret")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "InitPlan" in plan


@pytest.mark.parametrize(
    "attempt",
    [
        "select * from guard.signing_key",
        "insert into guard.signing_key select 'previous', repeat('6', 64)::bytea, repeat('9', 64)::bytea",
        "set role chengxin_owner",
        "set role postgres",
        "set session authorization chengxin_owner",
        "alter table secret no force row level security",
        "drop policy own on secret",
        "alter role chengxin_web bypassrls",
        "delete from secret",
        "truncate secret",
        "create table public.mine (a int)",
        "create function guard.context() returns jsonb language sql return '{}'::jsonb",
        "select guard.protect('secret')",
    ],
)
def test_the_web_login_cannot_climb(secrets, attempt):
    connection.ensure_connection()
    with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.connection.transaction():
        connection.connection.execute(attempt)
    with acting(own_pages_of(ANNA)):
        assert words() == ["of anna"]


def test_row_security_switched_off_by_the_web_is_an_error_and_shows_nothing(secrets):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local row_security = off")
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            words()


def test_after_a_change_of_keys_the_one_before_still_counts_and_the_one_before_that_no_more(secrets, owner):
    for changes, rows in [(0, ["of anna"]), (1, ["of anna"]), (2, [])]:
        if changes:
            install_key(owner, bytes([changes]) * 32)
            owner.commit()
        with acting(own_pages_of(ANNA)):
            assert words() == rows


def test_the_blocks_are_those_of_rfc_2104_also_for_a_long_key():
    assert key_blocks(b"\0") == (b"\x36" * 64, b"\x5c" * 64)
    assert [len(block) for block in key_blocks(b"k" * 131)] == [64, 64]


def test_rows_are_copied_into_a_temp_table(db):
    with acting(own_pages_of(ANNA)), connection.cursor() as cursor:
        words = ["eins, zwei", '{"三": "四"}', None, "", "a\x01b\n"]
        frame = pl.DataFrame({"number": [1, 2, 3, 4, 5], "words": words})
        count = copy_frame(cursor, frame, into=Landing("frame", {"number": "integer", "words": "text"}))
        cursor.execute("select * from frame order by number")
        assert (count, cursor.fetchall()) == (5, list(enumerate(words, start=1)))


def test_copy_reaches_no_real_table(secrets):
    with acting(own_pages_of(ANNA)), connection.cursor() as cursor:
        copy_frame(cursor, pl.DataFrame({"words": ["x"]}), into=Landing("secret", {"words": "text"}))
        cursor.execute("select relpersistence from pg_class where relname = 'secret' order by 1")
        assert cursor.fetchall() == [("p",), ("t",)]
        cursor.execute("select words from public.secret")
        assert cursor.fetchall() == [("of anna",)]
        cursor.execute("drop table pg_temp.secret")


@pytest.mark.parametrize("about", [1, 1_000])
def test_an_answer_comes_back_as_a_frame_under_row_security(secrets, about: int):
    schema = {"words": pl.String, "one": pl.Int32}
    answers = []
    for subject in (ANNA, BODO):
        with acting(own_pages_of(subject)), connection.cursor() as cursor:
            answers.append(read_frame(cursor, "select words, 1 from secret", schema=schema, about=about).rows())
    with connection.cursor() as cursor:
        answers.append(read_frame(cursor, "select words, 1 from secret", schema=schema, about=about).rows())
    assert answers == [[("of anna", 1)], [("of bodo", 1)], []]


def test_a_context_ends_in_the_middle_of_a_long_act_unless_it_is_signed_anew(secrets):
    with acting(own_pages_of(ANNA), lasts=timedelta(milliseconds=200)):
        assert words() == ["of anna"]
        time.sleep(0.25)
        assert words() == []
        renew()
        assert words() == ["of anna"]
    renew()
    assert words() == []
