"""Rows of consumer complaints for one side: a complaint with its words, terms and sheet; a promise; a fund's line."""

from __future__ import annotations

DISPUTES = """
    insert into disputes_dispute (id, number, case_id, tag, platform, shop_id, subject_id, matter, asks, asked_fen,
                                  contact, shares_contact, public_text, public_reply, received_at)
    select gen_random_uuid(), number, id, decode(md5(%(letter)s || 'complaint'), 'hex'), %(body)s,
            %(shop)s, %(own)s, 'quality', 'refund', 0, repeat('0', 32), false, '', 'x', %(now)s
      from casework_case where id = %(case)s;
    insert into disputes_entry (id, dispute_id, place, at, digest, is_paper)
    select gen_random_uuid(), id, 1, %(now)s, repeat('0', 32), false from disputes_dispute
     where case_id = %(case)s;
    insert into disputes_terms (id, dispute_id, place, stage, what, fen, from_fund, actor_key, at)
    select gen_random_uuid(), id, 1, 'offered', 'refund', 1, false, 'account:x', %(now)s from disputes_dispute
     where case_id = %(case)s;
    insert into disputes_source (id, hotline, sheet, dispute_id, at, filed_at, filed_by)
    select gen_random_uuid(), '12315', %(letter)s || '-1', id, %(now)s, %(now)s, %(clerk)s from disputes_dispute
     where case_id = %(case)s;
    insert into disputes_promise (id, shop_id, platform, post, reach, pays_first_fen, return_days, exceptions, at,
                                  actor_key)
    values (gen_random_uuid(), %(shop)s, %(body)s, 'x', '', 0, 7, '{}', %(now)s, 'account:x');
    insert into disputes_fund (id, shop_id, platform, place, kind, fen, balance, done_on, at, actor_key)
    values (gen_random_uuid(), %(shop)s, %(body)s, 1, 'deposit', 100, 100, '2026-11-01', %(now)s, 'account:x');
"""
