"""What is asked on every request is planned once per session, in one journey each, and fails as Django has it."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.core.signals import request_started
from django.db import IntegrityError, OperationalError, ProgrammingError, connection, transaction
from psycopg.pq import TransactionStatus

from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting, ask
from chengxin.kernel.actor import Actor, Role

PREPARED = "select count(*) from pg_prepared_statements where statement = %s"
ONE = "select %s::integer + 1"


def test_a_statement_that_is_asked_is_prepared_the_first_time_and_only_once(db):
    assert [ask(ONE, [1]), ask(ONE, [2])] == [[(2,)], [(3,)]]
    assert ask(PREPARED, ["select $1::integer + 1"]) == [(1,)]


def test_a_statement_stays_prepared_when_its_transaction_is_rolled_back(transactional_db):
    with transaction.atomic():
        ask(ONE, [1])
        transaction.set_rollback(True)
    assert ask(ONE, [2]) == [(3,)]
    assert ask(PREPARED, ["select $1::integer + 1"]) == [(1,)]


def test_values_come_and_go_as_they_are(db):
    moment = datetime(2026, 11, 23, 2, 0, 0, 5, tzinfo=UTC)
    values = [
        UUID(int=7),
        "50 % of \\ it's\n诚信",
        b"\0\xff",
        date(2024, 2, 29),
        moment,
        None,
        True,
        2**40,
        [UUID(int=8)],
    ]
    asked = ["uuid", "text", "bytea", "date", "timestamptz", "text", "boolean", "bigint", "uuid[]"]
    statement = "select " + ", ".join(f"%s::{kind}" for kind in asked) + ", '50 %%'"
    assert ask(statement, values) == [(*values, "50 %")]


def test_what_is_asked_in_a_transaction_is_part_of_it(transactional_db, owner):
    owner.execute("create table note (words text primary key); grant select, insert on note to chengxin_web")
    owner.commit()
    with transaction.atomic():
        assert ask("insert into note values (%s)", ["one"]) == []
        transaction.set_rollback(True)
    with transaction.atomic():
        ask("insert into note values (%s)", ["two"])
    assert ask("select words from note", []) == [("two",)]
    with pytest.raises(IntegrityError), transaction.atomic():
        ask("insert into note values (%s)", ["two"])
    assert ask("select words from note", []) == [("two",)]


def test_a_wrong_statement_is_told_as_django_tells_it_and_is_not_remembered(db):
    for _ in range(2):
        with pytest.raises(ProgrammingError, match="does not exist"), transaction.atomic():
            ask("select * from nowhere", [])


def test_a_context_is_entered_whatever_it_is_called_and_its_transaction_ends_with_it(transactional_db):
    name = "account:1' or '1"
    clerk = Context.of(Actor(key=name, roles=frozenset({Role.CLERK})), channel=Channel.BODY, purpose="own")
    with acting(clerk):
        assert ask("select guard.actor_key()", []) == [(name,)]
        assert connection.connection.info.transaction_status == TransactionStatus.INTRANS
    assert connection.connection.info.transaction_status == TransactionStatus.IDLE
    assert ask("select guard.actor_key()", []) == [(None,)]


def test_a_session_that_was_ended_is_told_as_such_and_the_next_request_has_a_new_one(transactional_db):
    ((ended,),) = ask("select pg_backend_pid()", [])
    with pytest.raises(OperationalError):
        ask("select pg_terminate_backend(%s::integer)", [ended])
    with pytest.raises(OperationalError):
        ask("select 1", [])
    request_started.send(sender=None)
    ((fresh,),) = ask("select pg_backend_pid()", [])
    assert fresh != ended
