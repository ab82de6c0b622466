"""The catalogue check finds every protection we take away; tests/ asks it about the real schema."""

from dataclasses import replace

import psycopg
import pytest

from chengxin.database.facade import inspect_catalogue
from chengxin.database.grants import Declaration, Grant, GrantError, declared, read_declaration

NOTHING = Declaration(grants=frozenset(), deletions=frozenset(), definer_functions=frozenset())
GOOD_TABLE = """
    create table person (id uuid primary key, words text);
    comment on table person is '[personal] Words of people';
    comment on column person.id is 'Identifier';
    comment on column person.words is 'Words';
    select guard.protect('person');
    create policy own on person to chengxin_app using (id = (select guard.subject_id()));
"""
SWEEP = """
    create policy sweep on person for update to chengxin_app using ((select guard.has_role('platform')))
        with check (words = '' and id is distinct from (select guard.subject_id()));
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


@pytest.mark.clause("P4.1b")
@pytest.mark.parametrize(
    ("change", "check"),
    [
        ("create table note (id uuid, subject_id uuid); comment on table note is 'Notes'", "open_subject"),
        ("create table note (id uuid, sealed_name bytea)", "open_subject"),
        ("create table note (id uuid); comment on column note.id is '[personal] Number'", "open_subject"),
        ("create table child () inherits (person)", "child_table"),
        ("create policy wide on person for select using (id = (select guard.subject_id()))", "policy_for_everybody"),
        ("create policy wide on person for select to chengxin_app using (id is not null)", "policy_asks_nobody"),
        ("create policy w on person for insert to chengxin_app with check (words <> '')", "policy_asks_nobody"),
        (SWEEP, "half_check"),
        ("create view peek with (security_invoker = true) as select * from person", "view_barrier"),
        ("create view vendor.peek with (security_invoker = true) as select * from public.person", "view_barrier"),
        ("create materialized view peek as select * from person", "view_barrier"),
        ("create function peek() returns bigint language sql return 1", "function"),
        ("create function peek() returns bigint language sql return 1", "public_right"),
        ("create function guard.peek() returns bigint language sql return 1", "function"),
        (
            "create function peek() returns bigint language sql security definer set search_path = public return 1",
            "definer_path",
        ),
        ("alter function guard.context() set search_path = public, pg_catalog", "definer_path"),
        ("grant select on person to public", "public_right"),
        ("grant select (words) on person to public", "public_right"),
        ("grant execute on function guard.subject_id() to public", "public_right"),
        ("alter default privileges in schema public grant select on tables to chengxin_app", "default_right"),
        ("create schema aside", "schema"),
        ("create rule copy as on insert to person do also select 1", "way_out"),
        ("alter role chengxin_owner set row_security = off", "way_out"),
        ("alter table records_publication disable trigger source_ends", "sleeping_trigger"),
    ],
)
def test_it_finds_a_change_that_opens_a_way_around_row_security(owner, change, check):
    owner.execute(GOOD_TABLE)
    known = set(inspect_catalogue(owner, declaration=declared()))
    owner.execute(change)
    assert check in {finding.check for finding in set(inspect_catalogue(owner, declaration=declared())) - known}


def test_a_new_publication_is_a_way_out(db, django_db_setup):
    with psycopg.connect(django_db_setup.conninfo("postgres")) as administrator:
        administrator.execute("create publication stream for table access_body")
        assert "way_out" in {one.check for one in inspect_catalogue(administrator, declaration=declared())}
        administrator.rollback()


def test_an_exception_needs_a_reason_in_words(tmp_path):
    file = tmp_path / "grants.yaml"
    file.write_text("open_tables: {note: because}", encoding="utf-8")
    with pytest.raises(GrantError, match="needs a reason"):
        read_declaration(file)
    file.write_text("open_tables: {note: It holds only public names.}", encoding="utf-8")
    assert read_declaration(file).exceptions == {"note"}


HOW = ("set role", "set session authorization")


def logins(administrator):
    rows = administrator.execute("select rolname from pg_roles where rolname like 'chengxin%' and rolcanlogin")
    return [row[0] for row in rows]


@pytest.mark.clause("P4.1b")
def test_each_process_has_a_login_of_its_own_that_cannot_become_another(db, django_db_setup):
    with psycopg.connect(django_db_setup.conninfo("postgres"), autocommit=True) as administrator:
        ours = logins(administrator)
        others = [row[0] for row in administrator.execute("select rolname from pg_roles")]
        version = administrator.info.server_version
    assert {"chengxin_web", "chengxin_worker", "chengxin_owner"} <= set(ours)
    became = []
    for login in ours:
        with psycopg.connect(django_db_setup.conninfo(login), autocommit=True) as session:
            assert session.execute("select session_user, current_user").fetchone() == (login, login)
            became += [(login, how, other) for other in others for how in HOW if _becomes(session, how, other)]
    allowed = {(login, how, login) for login in ours for how in HOW}
    # Whoever owns a database is its owner; that is no step up.
    allowed.add(("chengxin_owner", "set role", "pg_database_owner"))
    if version < 160000:  # A member may then step down into its group, which may do less than itself.
        allowed |= {(login, "set role", "chengxin_app") for login in ("chengxin_web", "chengxin_worker")}
    assert set(became) <= allowed


def _becomes(session, how, other):
    try:
        session.execute(f'{how} "{other}"')
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


def test_no_login_of_the_application_turns_row_security_off(db, django_db_setup):
    for login in ("chengxin_web", "chengxin_worker"):
        with psycopg.connect(django_db_setup.conninfo(login), autocommit=True) as session:
            session.execute("set row_security = off")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                session.execute("select * from audit_event")


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
    found = [finding for finding in inspect_catalogue(owner, declaration=declaration) if " on person" in finding.where]
    assert [(one.check, one.where) for one in found] == [("missing_grant", "chengxin_web: update on person words")]
    owner.execute("grant update (words) on person to chengxin_web")
    assert [one for one in inspect_catalogue(owner, declaration=declaration) if " on person" in one.where] == []


def test_a_reason_admits_one_delete_and_no_truncate(owner):
    owner.execute(GOOD_TABLE)
    owner.execute("grant delete on person to chengxin_worker")
    grant = Grant(table="person", role="chengxin_worker", privilege="delete")
    reasoned = replace(NOTHING, grants=frozenset({grant}), deletions=frozenset({("person", "chengxin_worker")}))
    assert [one for one in inspect_catalogue(owner, declaration=reasoned) if " on person" in one.where] == []
    owner.execute("grant truncate on person to chengxin_worker")
    assert {one.check for one in inspect_catalogue(owner, declaration=reasoned) if " on person" in one.where} == {
        "deletion",
        "undeclared_grant",
    }
