"""Rows of lists, measures, matching and honours for one side: entries of each sort, two measures, two clearances."""

from __future__ import annotations

from tests.proofs._honours_rows import HONOURS

LISTS = f"""{HONOURS}
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
"""
