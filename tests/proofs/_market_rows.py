"""Rows of platforms, shops and reviews for one side: open, opened by both, waiting; hidden, shown again."""

from __future__ import annotations

MARKET = """
    insert into market_platform (body, host, registered_at, registered_by)
    values (%(body)s, 'shop-' || lower(%(letter)s) || '.example.org', %(now)s, %(officer)s);
    insert into market_shop (id, platform, number, seller, subject_id, uscc, claimed_name, title, address, exemption,
                             categories, standing, verified_on, due_on, opened_on, filed_at)
    values (%(shop)s, %(body)s, 'S-1', 'operator', %(own)s, '91390100MA0000015M', 'x', 'x', 'x', '', '{food}', 'agrees',
            '2026-11-01', '2027-05-01', '2025-01-01', %(now)s);
    insert into market_verification (id, shop_id, verified_on, standing, at, actor_key)
    values (gen_random_uuid(), %(shop)s, '2026-11-01', 'agrees', %(now)s, %(clerk)s);
    insert into market_reminder (id, shop_id, record_id, step, valid_until, at)
    values (gen_random_uuid(), %(shop)s, gen_random_uuid(), 'first', '2027-01-01', %(now)s);
    insert into market_warning (id, entry_id, kind, platform, pushed_at)
    values (gen_random_uuid(), gen_random_uuid(), 'market', %(body)s, %(now)s);
    insert into casework_case
    select (jsonb_populate_record(c, jsonb_build_object(
        'id', gen_random_uuid(), 'number', %(letter)s || '-MY-' || one, 'procedure', 'impersonation', 'state', one,
        'opened_by', 'x', 'subject_id', null, 'body', %(body)s, 'parties', array[%(body)s, %(office)s],
        'proposed_by', 'account:x', 'facts', jsonb_build_object('shop', %(shop)s::text), 'is_closed', false,
        'closed_at', null
    ))).* from casework_case c, unnest(array['decided', 'lifted']) one where c.id = %(case)s;
    insert into market_impersonation (id, shop_id, case_id, number, body, decided_on, decided_by)
    select gen_random_uuid(), %(shop)s, id, number, %(office)s, '2026-11-01', %(officer)s
      from casework_case where number like %(letter)s || '-MY-%%';
    insert into reviews_trade (id, platform, shop_id, order_tag, buyer_tag, parcel_tag, courier, completed_at, filed_at)
    select gen_random_uuid(), %(body)s, %(shop)s, decode(md5(%(letter)s || 'order' || place), 'hex'),
           decode(md5(%(letter)s || 'buyer' || place), 'hex'), decode(md5('parcel' || place), 'hex'), 'swift', %(now)s,
           %(now)s
      from generate_series(1, 3) as place;
    with trades as (select id, row_number() over (order by order_tag) as place from reviews_trade
                     where platform = %(body)s)
    insert into reviews_review (id, trade_id, platform, shop_id, subject_id, of_operator, side, place, marks,
                                written_at, filed_at, opens_at)
    select gen_random_uuid(), id, %(body)s, %(shop)s, %(own)s, place < 3, side, 1, '{"goods": 5}', %(now)s, %(now)s,
           case when place = 1 then %(now)s else timestamptz '2126-01-01' end
      from trades, unnest('{buyer,seller}'::text[]) as side;
    insert into reviews_review (id, trade_id, platform, shop_id, subject_id, of_operator, side, place, marks,
                                written_at, filed_at, opens_at)
    select gen_random_uuid(), trade_id, platform, shop_id, subject_id, true, 'answer', 2, '{}', %(now)s, %(now)s,
           %(now)s
      from reviews_review where platform = %(body)s and side = 'buyer' and opens_at = %(now)s;
    insert into reviews_opening (trade_id, at)
    select id, %(now)s from reviews_trade where platform = %(body)s order by order_tag desc limit 1;
    insert into reviews_said (review_id, text) select id, 'x' from reviews_review where platform = %(body)s;
    insert into reviews_hiding (id, review_id, place, is_hidden, ground, reasons, body, actor_key, at)
    select gen_random_uuid(), id, 1, true, 'insult', 'x', %(body)s, %(clerk)s, %(now)s
      from reviews_review where platform = %(body)s and (opens_at = %(now)s or side = 'seller');
    insert into reviews_hiding (id, review_id, place, is_hidden, ground, reasons, body, actor_key, at)
    select gen_random_uuid(), id, 2, false, '', 'x', %(body)s, %(clerk)s, %(now)s
      from reviews_review where platform = %(body)s and opens_at = %(now)s and side = 'seller';
    insert into reviews_snapshot (id, platform, shop_id, as_of, listed, missing, filed_at)
    values (gen_random_uuid(), %(body)s, %(shop)s, %(now)s, 0, 1, %(now)s);
    insert into reviews_removal (id, snapshot_id, review_id)
    select gen_random_uuid(), s.id, r.id from reviews_snapshot s join reviews_review r using (platform)
     where platform = %(body)s and side = 'buyer';
    insert into reviews_score (shop_id, dimension, status, effective_n, ratings, window_days, settled_on, prior_mean,
                               prior_weight, version, ledger)
    values (%(shop)s, 'goods', 'insufficient', 0, 0, 180, '2026-11-01', 4, 5, 'x', '');
    insert into reviews_parcel_rating (id, trade_id, platform, courier, side, marks, written_at, filed_at, opens_at)
    select gen_random_uuid(), id, platform, courier, 'buyer', '{"speed": 5}', %(now)s, %(now)s, %(now)s
      from reviews_trade where platform = %(body)s;
    insert into reviews_voice (courier, side, dimension, status, effective_n, ratings, window_days, settled_on,
                               prior_mean, prior_weight, version, ledger)
    values ('swift', 'buyer', %(letter)s, 'insufficient', 0, 0, 180, '2026-11-01', 4, 5, 'x', '');
    insert into duties_rule (id, platform, code, version, title, text, published_on, effective_on, filed_at, filed_by)
    values (gen_random_uuid(), %(body)s, 'R', 1, 'x', 'x', '2026-10-01', '2026-10-08', %(now)s, %(clerk)s);
    insert into duties_action (id, number, platform, shop_id, shop_number, subject_id, kind, grade, rule_id, article,
                               reasons, appeal_url, is_public, decided_on, starts_on, decided_by)
    select gen_random_uuid(), 'CS-' || %(letter)s || kind, %(body)s, %(shop)s, 'S-1', %(own)s, kind,
           case kind when 'class' then 'strict' else '' end, r.id, 'x', 'x', 'https://x', kind <> 'class',
           '2026-11-01', '2026-11-01', %(clerk)s
      from duties_rule r, unnest('{warning,class}'::text[]) as kind where r.platform = %(body)s;
    insert into duties_ip_notice (id, number, platform, shop_id, shop_number, subject_id, "right", right_number, holder,
                                  goods, received_on, filed_by)
    values (gen_random_uuid(), 'ZC-' || %(letter)s, %(body)s, %(shop)s, 'S-1', %(own)s, 'patent', '', '', 'x',
            '2026-11-01', %(clerk)s);
    insert into duties_ip_step (id, notice_id, place, state, on_day)
    select gen_random_uuid(), id, place, state, '2026-11-01'
      from duties_ip_notice, unnest('{received,declared}'::text[]) with ordinality as steps (state, place)
     where platform = %(body)s;
    insert into duties_filing (id, number, platform, duty, period, answers, due_on, filed_on, is_supplement, filed_by)
    values (gen_random_uuid(), 'PB-' || %(letter)s, %(body)s, 'basic', '', '{}', '2026-12-01', '2026-11-23', false,
            %(clerk)s);
    insert into duties_probe (id, platform, channel, depth, seconds, on_day, body, probed_by)
    values (gen_random_uuid(), %(body)s, 'phone', 1, 9, '2026-11-01', %(office)s, %(officer)s);
    insert into couriers_company (id, subject_id, uscc, name, names, body, authority, registered_at, registered_by)
    values (gen_random_uuid(), %(own)s, 'U' || %(letter)s, 'x', '{swift}', '', %(body)s, %(now)s, %(clerk)s);
    insert into couriers_branch (id, company_id, number, name, area, opened_on, filed_on)
    select gen_random_uuid(), id, 'B-1', 'x', '390101', '2026-01-01', '2026-01-02' from couriers_company
     where authority = %(body)s;
    insert into couriers_figure (source, courier, measure, window_from, window_until, status, parcels, compared, lanes,
                                 run, version, computed_on)
    values (%(letter)s, 'swift', 'on_time', '2026-08-01', '2026-11-01', 'insufficient', 0, 0, '[]', 'x', 'x',
            '2026-11-01');
    insert into couriers_flow (source, channel, window_from, window_until, payments, paid_fen, order_unknown,
                               order_known, amount_differs, sent, parcel_unknown, refunds, refunded_fen, run,
                               version, computed_on)
    values (%(letter)s, '', '2026-08-01', '2026-11-01', 1, 1, 0, 1, 0, 0, 0, 0, 0, 'x', 'x', '2026-11-01');
    insert into couriers_paper_rate (source, rule, window_from, window_until, orders, fired, version, computed_on)
    values (%(letter)s, 'R1', '2026-08-01', '2026-11-01', 1, 0, 'x', '2026-11-01');
"""
