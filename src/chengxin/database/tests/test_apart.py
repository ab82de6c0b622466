"""What is written apart stands, or nothing of it does, whatever becomes of the transaction it was written beside."""

from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import NobodyActs, acting, ask, second_session, write_apart
from chengxin.kernel.actor import Actor, Role

ANNA = UUID("01890000-0000-7000-8000-000000000001")
INSERT = "insert into note values (%s, %s) returning words"
OWN = Context.of(
    Actor(key="account:1", roles=frozenset({Role.CITIZEN}), subject_id=ANNA), channel=Channel.SELF, purpose="own"
)


@pytest.fixture
def notes(transactional_db, owner):
    """Keep notes that only whoever they concern may read and write."""
    owner.execute("create table note (subject_id uuid not null, words text primary key)")
    owner.execute("select guard.protect('note')")
    owner.execute("create policy own on note to chengxin_app using (subject_id = (select guard.subject_id()))")
    owner.execute("grant select, insert on note to chengxin_web")
    owner.commit()


def written():
    with acting(OWN):
        return [words for (words,) in ask("select words from note order by words", [])]


def test_what_is_written_apart_stands_when_the_running_transaction_is_rolled_back(notes):
    with acting(OWN):
        rows = write_apart([(INSERT, [ANNA, "one"]), (INSERT, [ANNA, "two"])])
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [ANNA, "three"])
        transaction.set_rollback(True)
    assert rows == [[("one",)], [("two",)]]
    assert written() == ["one", "two"]


def test_when_one_statement_fails_none_stands_and_the_next_writes_in_a_new_session(notes):
    with acting(OWN):
        before = second_session()
        with pytest.raises(DatabaseError):
            write_apart([(INSERT, [ANNA, "one"]), (INSERT, [ANNA, "one"])])
        assert second_session() is not before
        write_apart([(INSERT, [ANNA, "two"])])
    assert written() == ["two"]


def test_the_session_apart_acts_for_whoever_acts_and_keeps_nothing_of_it(notes):
    with acting(OWN), pytest.raises(DatabaseError):
        write_apart([(INSERT, [UUID(int=2), "of another"])])
    with acting(OWN):
        write_apart([(INSERT, [ANNA, "mine"])])
        ((context,),) = second_session().execute("select current_setting('guard.context', true)").fetchall()
    assert not context


def test_without_anybody_acting_nothing_is_written_apart(notes):
    with pytest.raises(NobodyActs):
        write_apart([(INSERT, [ANNA, "one"])])
