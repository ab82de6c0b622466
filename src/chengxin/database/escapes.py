"""Ways around row security that a change of the schema could open; `inspect_catalogue` asks them all."""

from __future__ import annotations

from typing import Final

# Each: name of the check, what is wrong, and the names of what is wrong. `%(open)s` are the exceptions the packages
# declare with a reason (`open_tables`, `open_policies`, `functions` in `sql/grants.yaml`).
ESCAPES: Final = (
    (
        "open_subject",
        "tells of a subject, has no FORCE row security and is no declared open table",
        """
        select distinct c.oid::regclass::text from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not a.attisdropped
          and (a.attname ~ '(^|_)(subject|representative|attended)_id$' or a.attname ~ '^(sealed|wrapped|blind)(_|$)'
               or col_description(c.oid, a.attnum) ilike '%%[personal]%%')
          and not (c.relrowsecurity and c.relforcerowsecurity) and c.relname <> all(%(open)s)
        order by 1
        """,
    ),
    (
        "child_table",
        "is a partition or child of a protected table and is itself not protected",
        """
        select i.inhrelid::regclass::text from pg_inherits i
        join pg_class parent on parent.oid = i.inhparent join pg_class child on child.oid = i.inhrelid
        where parent.relkind in ('r', 'p') and parent.relrowsecurity
          and not (child.relrowsecurity and child.relforcerowsecurity)
        order by 1
        """,
    ),
    (
        "policy_for_everybody",
        "is a policy for every role there will ever be",
        "select p.polrelid::regclass || '.' || p.polname from pg_policy p where 0 = any(p.polroles) order by 1",
    ),
    (
        "policy_asks_nobody",
        "is a policy that neither asks who acts nor another protected table",
        """
        select p.polrelid::regclass || '.' || p.polname from pg_policy p
        where concat(pg_get_expr(p.polqual, p.polrelid), ' ', pg_get_expr(p.polwithcheck, p.polrelid))
              !~ '(guard\\.[a-z_]+\\(|EXISTS \\( *SELECT)'
          and p.polrelid::regclass || '.' || p.polname <> all(%(open)s)
        order by 1
        """,
    ),
    (
        "half_check",
        "is a policy beside others whose WITH CHECK leaves out who acts, which its USING says",
        # PostgreSQL lets the USING of any policy go with the WITH CHECK of any other (ADR 0109).
        """
        select p.polrelid::regclass || '.' || p.polname from pg_policy p
        where p.polcmd in ('w', '*') and p.polpermissive and exists (
                select from pg_policy o
                where o.polrelid = p.polrelid and o.oid <> p.oid and o.polcmd in ('w', '*') and o.polpermissive)
          and exists (
                select from regexp_matches(pg_get_expr(p.polqual, p.polrelid), 'guard\\.[a-z_]+\\([^)]*\\)', 'g') said
                where strpos(pg_get_expr(p.polwithcheck, p.polrelid), said[1]) = 0)
        order by 1
        """,
    ),
    (
        "view_barrier",
        "is a view that lets a cheap function see rows before its conditions, or a copy that knows no reader",
        """
        select c.oid::regclass::text from pg_class c
        where c.relnamespace::regnamespace::text in ('public', 'guard', 'vendor')
          and (c.relkind = 'm' or (c.relkind = 'v' and not coalesce(
               c.reloptions::text[] && array['security_barrier=true', 'security_barrier=on'], false)))
        order by 1
        """,
    ),
    (
        "function",
        "is a function nobody declared",
        """
        select f.name from (
            select p.oid, p.pronamespace::regnamespace::text || '.' || p.proname || '('
                   || pg_get_function_identity_arguments(p.oid) || ')' as name, p.pronamespace, p.prorettype
            from pg_proc p) f
        where f.pronamespace::regnamespace::text in ('public', 'guard', 'vendor')
          and f.prorettype <> 'trigger'::regtype and f.name <> all(%(open)s)
          and not exists (select from pg_depend d where d.objid = f.oid and d.deptype = 'e')
        order by 1
        """,
    ),
    (
        "definer_path",
        "runs with its owner's rights on a search_path others can write to",
        """
        select p.oid::regprocedure::text from pg_proc p
        where p.prosecdef and p.pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
          and not coalesce('search_path=pg_catalog, pg_temp' = any(p.proconfig), false)
        order by 1
        """,
    ),
    (
        "public_right",
        "is open to every login",
        """
        select held.name || ': ' || lower(x.privilege_type) from (
            select c.oid::regclass::text as name, c.relnamespace as place, c.relacl as acl from pg_class c
            union all
            select c.oid::regclass || '.' || a.attname, c.relnamespace, a.attacl
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            union all
            select p.oid::regprocedure::text, p.pronamespace, coalesce(p.proacl, acldefault('f', p.proowner))
            from pg_proc p where p.prorettype <> 'trigger'::regtype
              and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
            union all
            select n.nspname, n.oid, n.nspacl from pg_namespace n) held, aclexplode(held.acl) x
        where held.place::regnamespace::text in ('public', 'guard', 'vendor') and x.grantee = 0
        order by 1
        """,
    ),
    (
        "default_right",
        "gives rights on what is yet to be made",
        """
        select d.defaclrole::regrole || ': ' || d.defaclobjtype::text from pg_default_acl d, aclexplode(d.defaclacl) x
        where x.grantee = 0 or x.grantee::regrole::text like 'chengxin%%' and x.grantee <> d.defaclrole
        order by 1
        """,
    ),
    (
        "schema",
        "is a schema nobody declared",
        """
        select nspname::text from pg_namespace where nspname !~ '^(pg_|information_schema$)'
          and nspname not in ('public', 'guard', 'vendor') order by 1
        """,
    ),
    (
        "way_out",
        "carries rows past row security",
        """
        select 'rule ' || r.rulename || ' on ' || c.oid::regclass from pg_rewrite r
        join pg_class c on c.oid = r.ev_class
        where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text in ('public', 'guard', 'vendor')
        union all select 'foreign table ' || f.ftrelid::regclass from pg_foreign_table f
        union all select 'publication ' || p.pubname from pg_publication p
        union all
        select 'setting ' || s.setconfig::text || ' of ' || s.setrole::regrole from pg_db_role_setting s
        where s.setconfig::text ~ '(row_security|search_path|session_replication_role|guard\\.)'
          and s.setrole::regrole::text like 'chengxin%%'
        order by 1
        """,
    ),
    (
        "sleeping_trigger",
        "is a trigger that was put to sleep",
        """
        select t.tgrelid::regclass || '.' || t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where c.relnamespace = 'public'::regnamespace and t.tgenabled in ('D', 'R') order by 1
        """,
    ),
)
