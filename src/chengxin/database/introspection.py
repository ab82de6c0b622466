"""Ask PostgreSQL's own catalogue whether every protection is really there; CI runs it on each change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import psycopg

from chengxin.database.escapes import ESCAPES
from chengxin.database.grants import Declaration, Grant
from chengxin.database.roles import APP, KEYS, OWNER, SEQUENCER, WEB, WORKER

OURS: Final = (APP, WEB, WORKER, SEQUENCER, KEYS)
GUARD_DEFINERS: Final = frozenset(
    {
        "guard.context()",
        "guard.refresh_statistics(grown regclass[], added bigint)",
        "guard.represented_id(scope text)",
    }
)
GUARD_FUNCTIONS: Final = GUARD_DEFINERS | {
    "guard.actor_key()",
    "guard.attended_id()",
    "guard.body()",
    "guard.case_ref()",
    "guard.channel()",
    "guard.has_role(role text)",
    "guard.legal_day()",
    "guard.moment()",
    "guard.protect(protected regclass)",
    "guard.purpose()",
    "guard.queried_id()",
    "guard.subject_id()",
}
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One protection that is missing: which check found it, where, and what is wrong."""

    check: str
    where: str
    what: str


def inspect_catalogue(owner: psycopg.Connection[Any], *, declaration: Declaration) -> list[Finding]:
    """Return everything in the catalogue that is not as the rules of the house say."""
    findings: list[Finding] = []
    for check, what, sql in _CHECKS:
        found = [Finding(check=check, where=str(row[0]), what=what) for row in _rows(owner, sql)]
        findings += [one for one in found if check != "open_policy" or one.where not in declaration.exceptions]
    exceptions = list(declaration.exceptions | declaration.definer_functions | GUARD_FUNCTIONS)
    for check, what, sql in ESCAPES:
        rows = _rows(owner, sql, {"open": exceptions})
        findings += [Finding(check=check, where=str(row[0]), what=what) for row in rows]
    for inspect in (_grants, _deletions, _definers):
        findings += inspect(owner, declaration)
    return findings


def _rows(owner: psycopg.Connection[Any], sql: str, parameters: dict[str, Any] | None = None) -> Rows:
    return owner.execute(sql, parameters).fetchall()


# Each query answers with the names of what breaks the rule. `relkind`: r table, p partitioned, v view, m materialized.
_CHECKS: Final = (
    (
        "row_security",
        "holds personal data without FORCE row security or without a policy",
        """
        select c.oid::regclass from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
          and obj_description(c.oid, 'pg_class') ilike '%[personal]%'
          and not (c.relrowsecurity and c.relforcerowsecurity
                   and exists (select from pg_policy p where p.polrelid = c.oid))
        order by 1
        """,
    ),
    (
        "half_protected",
        "has policies that are not in force for everybody",
        """
        select c.oid::regclass from pg_class c
        where exists (select from pg_policy p where p.polrelid = c.oid)
          and not (c.relrowsecurity and c.relforcerowsecurity)
        order by 1
        """,
    ),
    (
        "open_policy",
        "is a policy that admits every row, or writes without a check",
        """
        select p.polrelid::regclass || '.' || p.polname from pg_policy p
        where pg_get_expr(p.polqual, p.polrelid) = 'true' or pg_get_expr(p.polwithcheck, p.polrelid) = 'true'
        order by 1
        """,
    ),
    (
        "table_comment",
        "has no comment",
        """
        select c.oid::regclass from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
          and coalesce(obj_description(c.oid, 'pg_class'), '') = '' and not c.relispartition
        order by 1
        """,
    ),
    (
        "column_comment",
        "has no comment",
        """
        select c.oid::regclass || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
          and a.attnum > 0 and not a.attisdropped and coalesce(col_description(c.oid, a.attnum), '') = ''
        order by 1
        """,
    ),
    (
        "view",
        "is a view that reads with its owner's rights",
        """
        select c.oid::regclass from pg_class c
        where c.relnamespace::regnamespace::text in ('public', 'guard', 'vendor') and c.relkind in ('v', 'm')
          and not coalesce(c.reloptions::text[] && array['security_invoker=true', 'security_invoker=on'], false)
        order by 1
        """,
    ),
    (
        "ownership",
        "belongs to a login of the application",
        """
        select coalesce(c.oid::regclass::text, p.oid::regprocedure::text, n.nspname, d.datname)
        from pg_shdepend s
        left join pg_class c on s.classid = 'pg_class'::regclass and c.oid = s.objid
        left join pg_proc p on s.classid = 'pg_proc'::regclass and p.oid = s.objid
        left join pg_namespace n on s.classid = 'pg_namespace'::regclass and n.oid = s.objid
        left join pg_database d on s.classid = 'pg_database'::regclass and d.oid = s.objid
        where s.deptype = 'o' and s.refobjid in (select oid from pg_roles where rolname in
              ('chengxin_app', 'chengxin_web', 'chengxin_worker', 'chengxin_sequencer', 'chengxin_keys'))
          and (s.dbid = (select oid from pg_database where datname = current_database()) or s.dbid = 0)
        order by 1
        """,
    ),
    (
        "powerful_role",
        "is a role of ours that may more than it should",
        """
        select rolname from pg_roles
        where rolname like 'chengxin\\_%'
          and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
        order by 1
        """,
    ),
    (
        "membership",
        "makes a login a member of a role above it",
        """
        select m.member::regrole || ' in ' || m.roleid::regrole from pg_auth_members m
        where m.member::regrole::text
              in ('chengxin_app', 'chengxin_web', 'chengxin_worker', 'chengxin_sequencer', 'chengxin_keys')
          and m.roleid::regrole::text <> 'chengxin_app'
        order by 1
        """,
    ),
    (
        "create_right",
        "lets a login create objects",
        """
        select r.rolname || ' in ' || n.nspname from pg_roles r cross join pg_namespace n
        where r.rolname in ('chengxin_app', 'chengxin_web', 'chengxin_worker', 'chengxin_sequencer', 'chengxin_keys')
          and n.nspname in ('public', 'guard', 'vendor') and has_schema_privilege(r.oid, n.oid, 'CREATE')
        order by 1
        """,
    ),
    (
        "guard_key",
        "is open to a login",
        """
        select distinct 'guard.signing_key for ' || r.rolname from pg_roles r
        where r.rolname in ('chengxin_app', 'chengxin_web', 'chengxin_worker', 'chengxin_sequencer', 'chengxin_keys')
          and (has_table_privilege(r.oid, 'guard.signing_key', 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
               or has_any_column_privilege(r.oid, 'guard.signing_key', 'SELECT, INSERT, UPDATE'))
        order by 1
        """,
    ),
)

_ACTUAL_GRANTS: Final = """
    with held as (
        select c.relname, '' as attname, x.grantee, x.privilege_type from pg_class c, aclexplode(c.relacl) x
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
        union all
        select c.relname, a.attname, x.grantee, x.privilege_type
        from pg_class c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) x
        where c.relnamespace = 'public'::regnamespace
    )
    select relname, coalesce(r.rolname, 'public'), lower(privilege_type), attname
    from held left join pg_roles r on r.oid = held.grantee
    where r.rolname is distinct from %(owner)s
"""

_DELETIONS: Final = """
    select c.relname, r.rolname, p.privilege
    from pg_class c, pg_roles r, (values ('DELETE'), ('TRUNCATE'), ('TRIGGER'), ('REFERENCES')) as p (privilege)
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and r.rolname = any(%(roles)s) and has_table_privilege(r.oid, c.oid, p.privilege)
    order by 1, 2, 3
"""

_DEFINERS: Final = """
    select n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
           coalesce(p.proconfig::text like '%search_path=%', false),
           has_function_privilege('public', p.oid, 'EXECUTE')
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')
    order by 1
"""


def _grants(owner: psycopg.Connection[Any], declaration: Declaration) -> list[Finding]:
    actual = {
        Grant(table=table, role=role, privilege=privilege, column=column)
        for table, role, privilege, column in _rows(owner, _ACTUAL_GRANTS, {"owner": OWNER})
    }
    undeclared = [
        ("undeclared_grant", grant, "is granted and declared nowhere") for grant in actual - declaration.grants
    ]
    missing = [("missing_grant", grant, "is declared and not granted") for grant in declaration.grants - actual]
    return [
        Finding(
            check=check, where=f"{grant.role}: {grant.privilege} on {grant.table} {grant.column}".strip(), what=what
        )
        for check, grant, what in sorted(undeclared + missing)
    ]


def _deletions(owner: psycopg.Connection[Any], declaration: Declaration) -> list[Finding]:
    app_wide = {table for table, role in declaration.deletions if role == APP}
    return [
        Finding(check="deletion", where=f"{role}: {privilege.lower()} on {table}", what="is held without a reason")
        for table, role, privilege in _rows(owner, _DELETIONS, {"roles": list(OURS)})
        if not (privilege == "DELETE" and ((table, role) in declaration.deletions or table in app_wide))
    ]


def _definers(owner: psycopg.Connection[Any], declaration: Declaration) -> list[Finding]:
    allowed = GUARD_DEFINERS | declaration.definer_functions
    findings: list[Finding] = []
    complaints: tuple[tuple[Callable[[str, bool, bool], bool], str], ...] = (
        (lambda name, _fixed, _open: name not in allowed, "runs with its owner's rights and is on no list"),
        (lambda _name, fixed, _open: not fixed, "runs with its owner's rights without a fixed search_path"),
        (lambda _name, _fixed, is_open: is_open, "runs with its owner's rights for everybody"),
    )
    for name, fixed, is_open in _rows(owner, _DEFINERS):
        findings += [
            Finding(check="definer", where=name, what=what)
            for broken, what in complaints
            if broken(name, fixed, is_open)
        ]
    return findings
