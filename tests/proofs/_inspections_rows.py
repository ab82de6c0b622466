"""Rows of inspections for one side: a plan that was drawn, samples to be bought, served, over and published."""

from __future__ import annotations

INSPECTIONS = """
    insert into inspections_plan (id, number, body, title, category, standard, way, size, members, population_digest,
                                  seed_digest, opened_on, opened_by)
    select gen_random_uuid(), 'CP-' || %(letter)s || place, %(body)s, 'x', 'food', 'x', 'draw', 1, 'x', 'x', 'x',
           '2026-11-01', %(clerk)s from generate_series(1, 2) as place;
    insert into inspections_draw (plan_id, body, seed, revealed_on)
    select id, body, 'x', case when right(number, 1) = '1' then '2026-11-02' end::date from inspections_plan
     where body = %(body)s;
    insert into inspections_sample (id, plan_id, body, platform, shop_id, subject_id, case_id, case_number, goods,
                                    order_number, paid_fen, bought_on, reserve, reserve_until, laboratory,
                                    retest_laboratory, finding, told_on, retest_until, result_number, result,
                                    published_on, published_by, public_until)
    select gen_random_uuid(), p.id, p.body, p.body, %(shop)s, %(own)s, gen_random_uuid(), 'CJ-' || %(letter)s || state,
           'x', 'x', 1, '2026-10-01', 'x', case state when 2 then '2027-01-02' when 5 then '2026-11-01' end::date,
           'x', '', 'x', case when state > 1 then '2026-10-02' end::date,
           case when state > 1 then '2026-10-19' end::date, '', case when state in (3, 4) then 'failed' else '' end,
           case when state in (3, 4) then '2026-11-01' end::date,
           case when state in (3, 4) then 'account:x' else '' end,
           case state when 3 then '2027-11-01' when 4 then '2026-11-05' end::date
      from inspections_plan p, generate_series(1, 5) as state where p.number = 'CP-' || %(letter)s || '1';
    insert into inspections_check (id, kind, platform, body, on_day, looked, pointed)
    values (gen_random_uuid(), 'price', %(body)s, %(office)s, '2026-11-01', 2, 1);
"""
