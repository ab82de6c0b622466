"""What is written apart stands, or nothing of it does, whatever becomes of the transaction it was written beside."""

from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import NobodyActs, acting, ask, get_context, second_session, signed_apart, write_apart
from chengxin.database.tests.conftest import take_away
from chengxin.kernel.actor import Actor, Role

ANNA = UUID("01890000-0000-7000-8000-000000000001")
# As everything written apart, it enters the context of whoever writes and writes under it.
INSERT = "select keep_note(%s::text, %s::text, %s::uuid, %s::text[])"
KEEP = """
    create function keep_note(context text, signature text, subject uuid, words text[]) returns setof text
    language plpgsql as $$
    begin
        perform set_config('guard.context', context, true), set_config('guard.signature', signature, true);
        return query insert into note select subject, unnest(keep_note.words) returning note.words;
    end $$
"""
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
    owner.execute(KEEP)
    owner.commit()
    yield
    take_away(owner, "drop table note; drop function keep_note")


def write(*words, subject=ANNA):
    session = second_session()
    asked = [*signed_apart(session, get_context()), subject, list(words)]
    return [word for (word,) in write_apart(session, INSERT, asked)]


def written():
    with acting(OWN):
        return [words for (words,) in ask("select words from note order by words", [])]


def test_what_is_written_apart_stands_when_the_running_transaction_is_rolled_back(notes):
    with acting(OWN):
        assert write("one", "two") == ["one", "two"]
        with connection.cursor() as cursor:
            cursor.execute("insert into note values (%s, 'three')", [ANNA])
        transaction.set_rollback(True)
    assert written() == ["one", "two"]


def test_when_one_part_fails_none_stands_and_the_next_is_written_in_a_new_session(notes):
    with acting(OWN):
        before = second_session()
        with pytest.raises(DatabaseError):
            write("one", "one")
        assert second_session() is not before
        write("two")
    assert written() == ["two"]


def test_a_session_that_has_ended_is_replaced_before_anything_is_written(notes):
    with acting(OWN):
        second_session().close()
        assert write("one") == ["one"]
    assert written() == ["one"]


def test_the_session_apart_acts_for_whoever_acts_and_keeps_nothing_of_it(notes):
    with acting(OWN), pytest.raises(DatabaseError):
        write("of another", subject=UUID(int=2))
    with acting(OWN):
        write("mine")
        ((context,),) = second_session().execute("select current_setting('guard.context', true)").fetchall()
    assert not context


def test_a_context_signed_for_another_session_is_worth_nothing_apart(notes):
    with acting(OWN):
        ((context, signature),) = ask("select current_setting('guard.context'), current_setting('guard.signature')", [])
        with pytest.raises(DatabaseError):
            write_apart(second_session(), INSERT, [context, signature, ANNA, ["one"]])
    assert written() == []


def test_without_anybody_acting_there_is_nobody_to_write_for(notes):
    with pytest.raises(NobodyActs):
        get_context()
