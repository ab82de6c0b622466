"""Rows of honours for one side: asked, named in notice, unnamed and honoured; a proposal, an objection, an answer."""

from __future__ import annotations

HONOURS = """
    insert into honours_nomination (id, number, kind, body, subject_id, is_person, case_id, nominated_by, nominated_at,
                                    sealed, answer, shown_name, shown_story, visited_by, obstacles, notice_from,
                                    notice_until, awarded_on, awarded_by, valid_until, record_id)
    values (gen_random_uuid(), %(letter)s || '-H1', 'trust_star', %(body)s, %(own)s, true, gen_random_uuid(), %(clerk)s,
            %(now)s, '\x01', '', '', '', '', '[]', null, null, null, '', null, null),
           (gen_random_uuid(), %(letter)s || '-H2', 'trust_star', %(body)s, %(own)s, true, gen_random_uuid(), %(clerk)s,
            %(now)s, '\x01', 'named', 'x', 'x', '', '[]', '2026-11-01', '2026-11-06', null, '', null, null),
           (gen_random_uuid(), %(letter)s || '-H3', 'trust_star', %(body)s, %(own)s, true, gen_random_uuid(), %(clerk)s,
            %(now)s, '\x01', 'unnamed', '', '', '', '[]', '2026-11-01', '2026-11-06', '2026-11-10', 'account:two',
            '2029-11-10', gen_random_uuid());
    insert into honours_nomination
    select (jsonb_populate_record(n, jsonb_build_object('id', gen_random_uuid(), 'number', n.number || '-over',
            'closed_at', %(now)s::timestamptz, 'shown_name', '', 'shown_story', ''))).* from honours_nomination n
     where n.number in (%(letter)s || '-H1', %(letter)s || '-H2');
    insert into honours_letter (id, number, way, kind, body, nomination_id, text, from_body, sent_at, outcome, reply,
                                replied_by, replied_at)
    select gen_random_uuid(), %(letter)s || '-L1', 'objection', 'trust_star', %(body)s, id, 'x', '',
           %(now)s::timestamptz, '', '', '', null from honours_nomination where number = %(letter)s || '-H2'
    union all
    select gen_random_uuid(), %(letter)s || '-L2', 'proposal', 'trust_star', %(body)s, null, '', '',
           %(now)s::timestamptz, 'adopted', 'x', 'account:two', %(now)s::timestamptz;
"""
