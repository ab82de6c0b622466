"""Rows of lists, measures, matching, watches and honours for one side: each sort, two or three of the others."""

from __future__ import annotations

from tests.proofs._honours_rows import HONOURS

LISTS = (
    HONOURS
    + """
    insert into commitments_commitment (id, number, subject_id, is_person, maker, version, sentences, tags, statement,
                                        signed_at, signed_by, replaced_at)
    values (gen_random_uuid(), %(letter)s || '-P1', %(own)s, true, 'individual', 1, '[]', '[]', '', %(now)s,
            'account:citizen' || %(letter)s, %(now)s),
           (gen_random_uuid(), %(letter)s || '-P2', %(own)s, true, 'individual', 2, '[]', '[]', '', %(now)s,
            'account:citizen' || %(letter)s, null),
           (gen_random_uuid(), %(letter)s || '-P3', gen_random_uuid(), false, 'merchant', 1, '[]', '[]', '', %(now)s,
            'account:firm', null);
    insert into lists_entry (id, kind, subject_id, subject_kind, record_id, item_code, body, listed_on, listed_at,
                             listed_event, public_at, ended_at, ended_because, ended_event)
    values (gen_random_uuid(), 'market', %(own)s, 'natural_person', gen_random_uuid(), 'serious_list.market', %(body)s,
            '2026-11-01', %(now)s, gen_random_uuid(), null, null, '', null),
           (gen_random_uuid(), 'market', gen_random_uuid(), 'legal_person', gen_random_uuid(), 'serious_list.market',
            %(body)s, '2026-11-01', %(now)s, gen_random_uuid(), %(now)s, null, '', null),
           (gen_random_uuid(), 'market', gen_random_uuid(), 'legal_person', gen_random_uuid(), 'serious_list.market',
            %(body)s, '2026-11-01', %(now)s, gen_random_uuid(), %(now)s, %(now)s, 'repaired', gen_random_uuid());
    insert into lists_listing (id, kind, subject_id, record_id, basis_record_id, body, entered_at)
    values (gen_random_uuid(), 'market', %(own)s, gen_random_uuid(), gen_random_uuid(), %(body)s, %(now)s);
    insert into lists_change (kind, place, entry_id, is_listed, because, at)
    values (%(letter)s, 1, gen_random_uuid(), true, '', %(now)s);
    insert into lists_subscriber (id, kind, recipient, body, since)
    values (gen_random_uuid(), 'market', 'client:' || %(letter)s, %(body)s, %(now)s);
    insert into measures_applied (decision_id, number, measure, subject_id, body, ground_subject_id, record_id,
                                  person_role, proposed_by, noticed_on, decided_by, decided_on, served_on,
                                  service_proof, starts_on, ended_at, ended_because, ended_reasons, ended_by, result)
    select id, number, 'procurement', subject_id, body, subject_id, gen_random_uuid(), '', 'account:one', '2026-11-01',
           'account:two', '2026-11-10', '2026-11-11', repeat('0', 32), '2026-11-11',
           case when noticed_on is null then %(now)s::timestamptz end,
           case when noticed_on is null then 'term' else '' end, '', '', ''
      from determinations_determination where number like %(letter)s || '-D%%';
    insert into matching_clearance (id, body, list, entry_id, subject_id, query_tag, entry_tag, asked_name, rule,
                                    needs_second, reasons, proposed_by, proposed_at, confirmed_by, confirmed_at,
                                    ends_on, withdrawn_at)
    values (gen_random_uuid(), %(body)s, 'market', gen_random_uuid(), %(own)s, '\x01', '\x02', '', 'x', true, 'x',
            %(clerk)s, %(now)s, '', null, '2027-11-01', null),
           (gen_random_uuid(), %(body)s, 'market', gen_random_uuid(), %(own)s, '\x03', '\x04', '', 'x', true, 'x',
            'account:one', %(now)s, 'account:two', %(now)s, '2027-11-01', null);
    insert into matching_line (digest, entry_id, kind, name, alias, uscc, seen_on)
    values (sha256(%(letter)s::bytea), gen_random_uuid(), 'market', 'x', '', '', '2026-11-01');
    insert into matching_segment (version, rules, lines, seen_on)
    values ('segment-' || %(letter)s, 'x', '\x01', '2026-11-01');
    insert into matching_answer (id, body, asked_by, at, purpose, lists, places, base, came, rules, outcomes, tags,
                                 hits)
    values (gen_random_uuid(), %(body)s, %(clerk)s, %(now)s, 'x', '{market}', '{}', 'segment-' || %(letter)s, null, 'x',
            'h', '\x01', '{}');
    insert into watches_watch (id, number, body, subject_id, subject_kind, purpose, lists, ground, reference, basis,
                               set_by, set_at, set_on, ends_on, ended_at, ended_because)
    select gen_random_uuid(), %(letter)s || '-W' || w.place, %(body)s, %(own)s, 'natural_person', 'x' || w.place,
           '{market}', 'case', coalesce(w.reference, 'nothing'), '{PIPL/34}', %(clerk)s, %(now)s, '2026-11-01',
           '2027-11-01', case when w.place = 2 then %(now)s::timestamptz end,
           case when w.place = 2 then 'term' else '' end
      from (values (1, null), (2, null),
                   (3, coalesce((select c.number from casework_case c
                                  where c.subject_id = %(own)s and c.body = %(body)s and not c.is_closed
                                  order by c.id limit 1),
                                (select v.record_id::text from records_version v
                                  where v.subject_id = %(own)s and v.body = %(body)s and v.superseded_at is null
                                  order by v.record_id limit 1))))
           as w (place, reference);
"""
)
