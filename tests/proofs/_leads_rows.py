"""Rows of inspections and leads for one side: one opened to its merchant, one not, a platform's report, a note."""

from __future__ import annotations

from tests.proofs._inspections_rows import INSPECTIONS

LEADS = (
    INSPECTIONS
    + """
    insert into leads_lead (id, platform, shop_id, subject_id, body, first_day, end_day, opened_at, case_id,
                            case_number, shown_at, answer_by)
    select gen_random_uuid(), %(body)s, %(shop)s, %(own)s, %(body)s, '2026-10-01', '2026-11-01', %(now)s,
           gen_random_uuid(), 'XS-' || %(letter)s || place, case when place = 1 then %(now)s end::timestamptz,
           case when place = 1 then '2026-12-01' end::date
      from generate_series(1, 2) as place;
    insert into leads_finding (id, lead_id, platform, shop_id, shop_number, family, rule, kind, first_day, end_day,
                               rows, "values", limits, says, clears, model, taken_at, outcome, reference, substance)
    select gen_random_uuid(), id, %(body)s, %(shop)s, 'S-1', family, 'x', 'x', '2026-10-01', '2026-11-01', '[1]',
           '{"x": 1}', '{}', '["x", "x"]', '["x", "x"]', 'x', %(now)s, '',
           case when family = 'platform' then case_number else '' end,
           case when family = 'platform' then 'B' else '' end
      from leads_lead, unnest('{graph,platform}'::text[]) as family where body = %(body)s;
    insert into leads_finding (id, platform, shop_id, shop_number, family, rule, kind, first_day, end_day,
                               rows, "values", limits, says, clears, model, taken_at, outcome, reference, substance)
    values (gen_random_uuid(), %(body)s, %(shop)s, 'S-1', 'graph', 'x', 'x', '2026-10-01', '2026-11-01', '[1]',
            '{"x": 1}', '{}', '["x", "x"]', '["x", "x"]', 'x', %(now)s, '', '', '');
    insert into leads_ring (finding_id, accounts, edges, omitted)
    select id, '["x"]', '[]', 0 from leads_finding where platform = %(body)s and family = 'graph';
    insert into leads_answer (id, lead_id, text, actor_key, at)
    select gen_random_uuid(), id, 'x', 'account:x', %(now)s from leads_lead
     where body = %(body)s and shown_at is not null;
"""
)
