"""Who may act for whom on one side: by mandates of every sort, by law, and on grounds that do not hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from chengxin.kernel.actor import Actor

# Accounts that hold a mandate of the citizen's beside the guardian: to look only, taken back, past its last day, never
# accepted in the name of one; by law, though nothing became of the citizen that would call for it; and at a counter,
# where the citizen stands or stood.
HOLDERS = ("looking", "past", "lapsed", "nothing", "guarding", "mourning", "filling", "late", "objecting")
# Applications about the citizen, and about a person who died, that the office checks.
APPLIED = ("guards", "mourns", "buries")
MANDATES = """
    insert into subjects_subject (id, kind, status, created_at)
    values (%(dead)s, 'natural_person', 'deceased', %(now)s), (%(ward)s, 'natural_person', 'guardianship', %(now)s),
           (%(gone)s, 'natural_person', 'deceased', %(now)s), (%(still)s, 'natural_person', 'guardianship', %(now)s);
    insert into representation_mandate (id, number, subject_id, ground, scopes, sealed_name, holder_tag, holder_key,
                                        granted_at, granted_by, ends_on, accepted_at, ended_by)
    select one.id::uuid, %(letter)s || one.number, one.subject_id, one.ground, case one.ground
             when 'next_of_kin' then '{look,object,report}' when 'counter' then '{look,object,repair}'
             else '{look,object,repair,report}' end::text[], '\\x01', one.tag,
           one.holder, %(now)s, 'x', '2126-01-01', case one.holder when '' then null else %(now)s end, ''
      from (values
        (gen_random_uuid(), '6', %(other)s, 'mandate', %(tag)s::bytea, ''),
        (%(guards)s, '8', %(own)s, 'guardian', null, 'account:guarding' || %(letter)s),
        (%(mourns)s, '9', %(own)s, 'next_of_kin', null, 'account:mourning' || %(letter)s),
        (%(buries)s, '10', %(gone)s, 'next_of_kin', null, %(holder)s),
        (gen_random_uuid(), '11', %(ward)s, 'guardian', null, %(holder)s),
        (gen_random_uuid(), '12', %(dead)s, 'guardian', null, %(holder)s),
        (gen_random_uuid(), '13', %(still)s, 'guardian', null, %(holder)s),
        (gen_random_uuid(), '14', %(own)s, 'counter', null, 'account:filling' || %(letter)s),
        (gen_random_uuid(), '15', %(own)s, 'counter', null, 'account:late' || %(letter)s)
      ) as one(id, number, subject_id, ground, tag, holder);
    update representation_mandate set granted_at = granted_at - interval '61 minutes'
     where holder_key = 'account:late' || %(letter)s;
    update representation_mandate set rests_since = %(now)s, contest_number = %(letter)s || '-contest'
     where subject_id = %(still)s;
    insert into casework_case
    select (jsonb_populate_record(c, jsonb_build_object(
        'id', gen_random_uuid(), 'number', %(letter)s || '-contest', 'procedure', 'representation_contest', 'opened_by',
        'x', 'subject_id', %(still)s, 'body', %(office)s, 'parties', array[%(office)s], 'proposed_by', 'x'
    ))).* from casework_case c where c.id = %(case)s;
    insert into representation_mandate (id, number, subject_id, ground, scopes, sealed_name, holder_tag, holder_key,
                                        granted_at, granted_by, ends_on, accepted_at, ended_at, ended_by)
    select gen_random_uuid(), %(letter)s || one.number, one.subject_id, 'mandate', one.scopes, '\\x01', one.tag,
           one.holder, %(now)s, 'x', one.ends_on, case one.holder when '' then null else %(now)s end, one.ended_at,
           case when one.ended_at is null then '' else 'x' end
      from (values
        ('1', %(own)s, '{look,object,repair,report}'::text[], null::bytea, %(holder)s, '2126-01-01'::date,
         null::timestamptz),
        ('2', %(own)s, '{look}', null, 'account:looking' || %(letter)s, '2126-01-01', null),
        ('3', %(own)s, '{look,object}', null, 'account:past' || %(letter)s, '2126-01-01', %(now)s),
        ('4', %(own)s, '{look,object}', null, 'account:lapsed' || %(letter)s, '2026-01-01', null),
        ('16', %(own)s, '{look,object}', null, 'account:objecting' || %(letter)s, '2126-01-01', null),
        ('5', %(dead)s, '{look,object}', null, %(holder)s, '2126-01-01', null),
        ('7', %(other)s, '{look}', %(tag)s, '', '2026-01-01', null),
        ('17', %(own)s, '{look}', (select i.blind from subjects_identifier i
                                    where i.subject_id = %(other)s and i.valid_until is null limit 1),
         '', '2126-01-01', null)
      ) as one(number, subject_id, scopes, tag, holder, ends_on, ended_at);
    insert into casework_case
    select (jsonb_populate_record(c, jsonb_build_object(
        'id', gen_random_uuid(), 'number', %(letter)s || '-' || one, 'procedure', one, 'opened_by', %(citizen)s
    ))).* from casework_case c, unnest('{objection,repair,repair_revocation}'::text[]) as one where c.id = %(case)s;
    insert into casework_case
    select (jsonb_populate_record(c, jsonb_build_object(
        'id', gen_random_uuid(), 'number', %(letter)s || '-' || one, 'procedure', 'representation', 'opened_by',
        %(holder)s, 'subject_id', %(other)s, 'body', %(office)s, 'parties', array[%(office)s], 'proposed_by', 'x'
    ))).* from casework_case c, unnest(array['new', 'guards', 'mourns', 'buries', 'unsaid']) one where c.id = %(case)s;
    insert into representation_application (id, number, case_id, subject_id, account_key, ground, body, sealed,
                                            document_sha256, filed_at, ward_id, sealed_name, proposed_at)
    select one.id::uuid, c.number, c.id, %(other)s, one.account, one.ground, %(office)s, '\\x01', repeat('0', 64),
           %(now)s, one.ward, case when one.ward is null then null else '\\x01'::bytea end, one.proposed_at
      from (values
        (gen_random_uuid(), 'new', %(holder)s, 'guardian', null::uuid, null::timestamptz),
        (%(guards)s, 'guards', 'account:guarding' || %(letter)s, 'guardian', %(own)s, %(now)s),
        (%(mourns)s, 'mourns', 'account:mourning' || %(letter)s, 'next_of_kin', %(own)s, %(now)s),
        (%(buries)s, 'buries', %(holder)s, 'next_of_kin', %(gone)s, %(now)s),
        (gen_random_uuid(), 'unsaid', %(holder)s, 'guardian', %(own)s, null)
      ) as one(id, number, account, ground, ward, proposed_at)
      join casework_case c on c.number = %(letter)s || '-' || one.number;
    insert into representation_application
    select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'number', a.number || '-over',
            'case_id', gen_random_uuid(), 'closed_at', %(now)s::timestamptz))).* from representation_application a
     where a.number = %(letter)s || '-new';
    insert into representation_arrangement (id, subject_id, made_at, withdrawn_at)
    values (gen_random_uuid(), %(own)s, %(now)s, null), (gen_random_uuid(), %(gone)s, %(now)s, %(now)s),
           (gen_random_uuid(), %(other)s, %(now)s, null);
"""


def lay_mandates(cursor: Any, given: Mapping[str, Any], people: tuple[Actor, Actor, Actor]) -> dict[str, Any]:
    """Lay the rows of a side, and return what its comers are named by."""
    (citizen, holder, office), letter = people, given["letter"]
    persons: dict[str, Any] = {name: uuid4() for name in ("dead", "ward", "gone", "still", *APPLIED)}
    live = "select blind from subjects_identifier where subject_id = %s and valid_until is null"
    (tag,) = cursor.execute(live, [citizen.subject_id]).fetchone()
    named = {"tag": tag, "citizen": citizen.key, "holder": holder.key, "office": office.body}
    cursor.execute(MANDATES, given | named | persons)
    holders = {name: f"account:{name}{letter}" for name in HOLDERS}
    return {
        **persons,
        "holders": holders,
        "stranger": uuid4(),
        "applied": [f"{letter}-{name}" for name in (*APPLIED, "contest")],
    }
