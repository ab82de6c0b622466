"""Rows of determinations, misuse, withheld looks, exports and incentives for one side: what no act leaves behind."""

from __future__ import annotations

# Two of each where it matters: told and not yet told, explained and open, reviewed and open, conflict and canary.
TRUST = """
    insert into determinations_determination (id, number, body, subject_id, item_code, case_id, drafted_by, drafted_at,
                                              sealed, noticed_on, notice_proof, decided_by, service_proof)
    values (gen_random_uuid(), %(letter)s || '-D1', %(body)s, %(own)s, 'penalty', %(case)s, %(clerk)s, %(now)s, '\\x01',
            null, '', '', ''),
           (gen_random_uuid(), %(letter)s || '-D2', %(body)s, %(own)s, 'penalty', %(case)s, %(clerk)s, %(now)s, '\\x01',
            '2026-11-01', repeat('0', 32), '', '');
    insert into misuse_alert (id, account_id, clerk_key, body, area, opened_at, last_hit_on, patterns, case_id,
                              case_number, explanation, explained_at)
    values (gen_random_uuid(), gen_random_uuid(), %(clerk)s, %(body)s, '390100', %(now)s, '2026-11-01', '{burst}',
            gen_random_uuid(), 'x', '', null),
           (gen_random_uuid(), gen_random_uuid(), %(clerk)s, %(body)s, '390100', %(now)s, '2026-11-01', '{burst}',
            gen_random_uuid(), 'x', 'x', %(now)s);
    insert into misuse_hit (id, alert_id, event_id, subject_id, looked_at, categories)
    select gen_random_uuid(), id, gen_random_uuid(), %(own)s, %(now)s, '{penalty}' from misuse_alert
     where body = %(body)s and explained_at is null;
    insert into misuse_mark (tag, kind, owner_key, created_at)
    values (decode(md5(%(letter)s || 'conflict'), 'hex'), 'conflict', %(clerk)s, %(now)s),
           (decode(md5(%(letter)s || 'canary'), 'hex'), 'canary', 'account:audit_admin' || %(letter)s, %(now)s);
    insert into misuse_sample (id, month, event_id, clerk_key, body, area, looked_at, purpose, reference, reviewer_body,
                               outcome, reasons, reviewed_by, reviewed_at)
    values (gen_random_uuid(), '2026-10-01', gen_random_uuid(), %(clerk)s, %(body)s, '390100', %(now)s, 'x', 'x',
            'ADMIN' || %(letter)s, '', '', '', null),
           (gen_random_uuid(), '2026-10-01', gen_random_uuid(), %(clerk)s, %(body)s, '390100', %(now)s, 'x', 'x',
            'ADMIN' || %(letter)s, 'sound', 'x', 'account:audit_admin' || %(letter)s, %(now)s);
    insert into exports_export (id, number, actor_key, body, area, purpose, reference, persons, made_at, approved_by,
                                delete_by)
    values (gen_random_uuid(), %(letter)s || '-E1', %(clerk)s, %(body)s, '390100', 'filing', 'x', 3, %(now)s, '',
            %(now)s);
    insert into emergency_access (id, number, case_id, subject_id, body, area, confirming_body, items, matter, reasons,
                                  asked_by, asked_at, confirmed_by, confirmed_at, ends_at, opened_at)
    values (gen_random_uuid(), %(letter)s || '-J1', gen_random_uuid(), %(own)s, %(office)s, '390100',
            'ADMIN' || %(letter)s, '{penalty}', 'x', 'x', %(officer)s, now(), '', null, null, null),
           (gen_random_uuid(), %(letter)s || '-J2', gen_random_uuid(), %(own)s, %(office)s, '390100',
            'ADMIN' || %(letter)s, '{penalty}', 'x', 'x', %(officer)s, now(), 'account:audit_admin' || %(letter)s,
            now(), now() + interval '1 hour', null),
           (%(emergency)s, %(letter)s || '-J3', gen_random_uuid(), %(own)s, %(office)s, '390100',
            'ADMIN' || %(letter)s, '{penalty}', 'x', 'x', %(officer)s, now(), 'account:audit_admin' || %(letter)s,
            now(), now() + interval '1 hour', now());
    with looks as (select id, row_number() over (order by id) as place from audit_event where subject_id = %(own)s)
    insert into looks_restriction (id, registration_id, event_id, subject_id, looked_on, body, ground, ends_on,
                                   proposed_by, proposed_at, approved_by, approved_at, ended_at)
    select gen_random_uuid(), gen_random_uuid(), id, %(own)s, '2026-01-01', %(body)s, 'emergency', '2126-01-01',
           %(clerk)s, %(now)s, case when place > 1 then 'account:approver' else '' end,
           case when place > 1 then %(now)s end, case when place > 2 then %(now)s end
    from looks where place < 4;
    insert into presentations_presentation (id, subject_id, code_digest, reason, recipient, claims, record_ids,
                                            is_whole, shows_name, made_at, ends_at, uses_most, uses, withdrawn_at)
    values (gen_random_uuid(), %(own)s, sha256(convert_to(%(letter)s || '1', 'UTF8')), 'open', '', '{no_serious}', '{}',
            false, false, %(now)s, '2126-01-01', 2, 0, null),
           (gen_random_uuid(), %(own)s, sha256(convert_to(%(letter)s || '2', 'UTF8')), 'open', '', '{no_serious}', '{}',
            false, false, %(now)s, '2126-01-01', 2, 0, %(now)s);
    insert into looks_summary (subject_id, is_wanted, told_year) values (%(own)s, true, 2025);
    insert into incentives_member (subject_id, joined_at) values (%(own)s, %(now)s);
    insert into incentives_choice (id, subject_id, body, matter, hint, is_used, reasons, at, actor_key)
    values (gen_random_uuid(), %(own)s, %(body)s, 'x', 'x', true, '', %(now)s, %(clerk)s);
"""
