"""The catalogue check finds every protection we take away; tests/ asks it about the real schema."""

from dataclasses import replace

import psycopg
import pytest

from chengxin.database.facade import inspect_catalogue
from chengxin.database.grants import Declaration, Grant, declared

NOTHING = Declaration(grants=frozenset(), deletions=frozenset(), definer_functions=frozenset())
GOOD_TABLE = """
    create table person (id uuid primary key, words text);
    comment on table person is '[personal] Words of people';
    comment on column person.id is 'Identifier';
    comment on column person.words is 'Words';
    select guard.protect('person');
    create policy own on person to chengxin_app using (id = (select guard.subject_id()));
"""


def test_a_well_made_personal_table_is_found_good(owner):
    before = inspect_catalogue(owner, declaration=declared())
    owner.execute(GOOD_TABLE)
    assert inspect_catalogue(owner, declaration=declared()) == before


@pytest.mark.parametrize(
    ("mutation", "check"),
    [
        ("alter table person no force row level security", "row_security"),
        ("alter table person disable row level security", "row_security"),
        ("alter table person disable row level security", "half_protected"),
        ("drop policy own on person", "row_security"),
        ("create policy wide on person for select using (true)", "open_policy"),
        ("create policy wide on person for insert with check (true)", "open_policy"),
        ("comment on column person.words is null", "column_comment"),
        ("alter table person add column more text", "column_comment"),
        ("comment on table person is null", "table_comment"),
        ("create view peek as select * from person; comment on view peek is 'x'", "view"),
        ("create materialized view peek as select * from person", "view"),
        ("create function peek() returns bigint language sql security definer return 1", "definer"),
        ("alter function guard.context() reset search_path", "definer"),
        ("grant execute on function guard.context() to public", "definer"),
        ("grant select on person to chengxin_web", "undeclared_grant"),
        ("grant select on person to public", "undeclared_grant"),
        ("grant update (words) on person to chengxin_worker", "undeclared_grant"),
        ("grant delete on person to chengxin_app", "deletion"),
        ("grant truncate on person to chengxin_web", "deletion"),
        ("grant create on schema public to chengxin_app", "create_right"),
        ("grant select on guard.signing_key to chengxin_web", "guard_key"),
        ("grant select (inner_block) on guard.signing_key to chengxin_web", "guard_key"),
    ],
)
def test_it_finds_a_protection_taken_away(owner, mutation, check):
    owner.execute(GOOD_TABLE)
    known = set(inspect_catalogue(owner, declaration=declared()))
    owner.execute(mutation)
    assert check in {finding.check for finding in set(inspect_catalogue(owner, declaration=declared())) - known}


@pytest.mark.parametrize(
    ("mutation", "check"),
    [
        ("alter role chengxin_web bypassrls", "powerful_role"),
        ("alter role chengxin_worker superuser", "powerful_role"),
        ("alter role chengxin_owner superuser", "powerful_role"),
        ("grant chengxin_owner to chengxin_web", "membership"),
        ("grant pg_read_all_data to chengxin_app", "membership"),
        ("create table person (id int); alter table person owner to chengxin_web", "ownership"),
    ],
)
def test_it_finds_what_only_an_administrator_can_break(db, django_db_setup, mutation, check):
    with psycopg.connect(django_db_setup.conninfo("postgres")) as administrator:
        administrator.execute(mutation)
        assert check in {finding.check for finding in inspect_catalogue(administrator, declaration=NOTHING)}
        administrator.rollback()


def test_it_finds_a_grant_that_is_declared_and_missing(owner):
    owner.execute(GOOD_TABLE)
    wished = Grant(table="person", role="chengxin_web", privilege="update", column="words")
    declaration = replace(NOTHING, grants=frozenset({wished}))
    found = [finding for finding in inspect_catalogue(owner, declaration=declaration) if "person" in finding.where]
    assert [(one.check, one.where) for one in found] == [("missing_grant", "chengxin_web: update on person words")]
    owner.execute("grant update (words) on person to chengxin_web")
    assert [one for one in inspect_catalogue(owner, declaration=declaration) if "person" in one.where] == []


def test_a_reason_admits_one_delete_and_no_truncate(owner):
    owner.execute(GOOD_TABLE)
    owner.execute("grant delete on person to chengxin_worker")
    grant = Grant(table="person", role="chengxin_worker", privilege="delete")
    reasoned = replace(NOTHING, grants=frozenset({grant}), deletions=frozenset({("person", "chengxin_worker")}))
    assert [one for one in inspect_catalogue(owner, declaration=reasoned) if "person" in one.where] == []
    owner.execute("grant truncate on person to chengxin_worker")
    assert {one.check for one in inspect_catalogue(owner, declaration=reasoned) if "person" in one.where} == {
        "deletion",
        "undeclared_grant",
    }
