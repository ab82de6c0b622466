"""Mandates of one side: one lives, one only looks, some hold no longer, two are offered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from chengxin.kernel.actor import Actor

# Accounts that hold a mandate of the citizen's beside the guardian: to look only, taken back, past its last day, never
# accepted in the name of one.
HOLDERS = ("looking", "past", "lapsed", "nothing")
MANDATES = """
    insert into subjects_subject (id, kind, status, created_at)
    values (%(dead)s, 'natural_person', 'deceased', %(now)s);
    insert into representation_mandate (id, number, subject_id, ground, scopes, sealed_name, holder_tag, holder_key,
                                        granted_at, granted_by, ends_on, accepted_at, ended_at, ended_by)
    select gen_random_uuid(), %(letter)s || one.number, one.subject_id, 'mandate', one.scopes, '\\x01', one.tag,
           one.holder, %(now)s, 'x', one.ends_on, case one.holder when '' then null else %(now)s end, one.ended_at,
           case when one.ended_at is null then '' else 'x' end
      from (values
        ('6', %(other)s, '{look}'::text[], %(tag)s::bytea, '', '2126-01-01'::date, null::timestamptz),
        ('1', %(own)s, '{look,object}', null, %(holder)s, '2126-01-01', null),
        ('2', %(own)s, '{look}', null, 'account:looking' || %(letter)s, '2126-01-01', null),
        ('3', %(own)s, '{look,object}', null, 'account:past' || %(letter)s, '2126-01-01', %(now)s),
        ('4', %(own)s, '{look,object}', null, 'account:lapsed' || %(letter)s, '2026-01-01', null),
        ('5', %(dead)s, '{look,object}', null, %(holder)s, '2126-01-01', null),
        ('7', %(other)s, '{look}', %(tag)s, '', '2026-01-01', null)
      ) as one(number, subject_id, scopes, tag, holder, ends_on, ended_at);
    insert into casework_case
    select (jsonb_populate_record(c, jsonb_build_object(
        'id', gen_random_uuid(), 'number', %(letter)s || '-YY', 'procedure', 'objection', 'opened_by', %(citizen)s
    ))).* from casework_case c where c.id = %(case)s;
"""


def lay_mandates(
    cursor: Any, given: Mapping[str, Any], letter: str, *, citizen: Actor, holder: Actor
) -> dict[str, Any]:
    """Lay the rows of a side, and return what its comers are named by."""
    dead = uuid4()
    live = "select blind from subjects_identifier where subject_id = %s and valid_until is null"
    (tag,) = cursor.execute(live, [citizen.subject_id]).fetchone()
    named = {"letter": letter, "dead": dead, "tag": tag, "citizen": citizen.key, "holder": holder.key}
    cursor.execute(MANDATES, given | named)
    return {"holders": {name: f"account:{name}{letter}" for name in HOLDERS}, "dead": dead, "stranger": uuid4()}
