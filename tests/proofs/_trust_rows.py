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
    insert into casework_case
    select (jsonb_populate_record(c, jsonb_build_object('id', %(closed)s::uuid, 'number', %(letter)s || '-over',
            'is_closed', true, 'closed_at', %(now)s::timestamptz))).* from casework_case c where c.id = %(case)s;
    insert into casework_step
    select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'case_id', %(closed)s::uuid,
            'note', 'x'))).* from casework_step s where s.case_id = %(case)s and s.place = 1;
    insert into determinations_determination
    select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'number', %(letter)s || '-D3',
            'case_id', %(closed)s::uuid))).* from determinations_determination d where d.number = %(letter)s || '-D2';
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
    insert into emergency_access (id, number, case_id, subject_id, body, area, confirming_body, items, matter, reasons,
                                  asked_by, asked_at, confirmed_by, refused_at)
    values (gen_random_uuid(), %(letter)s || '-J4', gen_random_uuid(), %(own)s, %(office)s, '390100',
            'ADMIN' || %(letter)s, '{penalty}', 'x', 'x', %(officer)s, now(), '', now());
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
            false, false, %(now)s, '2126-01-01', 2, 0, %(now)s),
           (gen_random_uuid(), %(own)s, sha256(convert_to(%(letter)s || '3', 'UTF8')), 'open', 'x', '{no_serious}',
            '{}', false, false, '2026-01-01', '2026-02-01', 2, 0, null);
    insert into credentials_status_list (id, uri, token)
    values (gen_random_uuid(), 'https://example.org/' || %(letter)s, '');
    insert into credentials_credential (id, subject_id, list_id, place, claims, key, issued_at, expires_at, revoked_at)
    select gen_random_uuid(), %(own)s, id, place, '{no_serious}', 'x', %(now)s, '2126-01-01',
           case when place = 2 then %(now)s::timestamptz end
    from credentials_status_list, generate_series(1, 2) as places (place)
     where uri = 'https://example.org/' || %(letter)s;
    insert into looks_summary (subject_id, is_wanted, told_year) values (%(own)s, true, 2025);
    insert into amendments_amendment (id, number, item_code, place, version, written, definition, digest, effective_on,
                                      reasons, body, case_id, drafted_by, drafted_at, opened_on, closes_on, assessed_by,
                                      decided_by, decision_reasons)
    select gen_random_uuid(), %(letter)s || '-M' || place, 'x' || %(letter)s, place, 2, '', '{}', 'x', '2027-02-01',
           '',
           'OFFICE' || %(letter)s, gen_random_uuid(), %(clerk)s, %(now)s, opened, opened + 30, '', '', ''
      from (values (1, null::date), (2, '2026-11-01')) as two(place, opened);
    insert into amendments_opinion (id, amendment_id, text, name, at, look, looked_by, hidden_because, hidden_reasons,
                                    verdict, reply, replied_by)
    select gen_random_uuid(), id, 'x', '', %(now)s, look, case look when 'shown' then 'x' else '' end, '', '', '', '',
           ''
      from amendments_amendment, unnest('{waiting,shown}'::text[]) as look
     where body = 'OFFICE' || %(letter)s and opened_on is not null;
    insert into exports_person (export_id, tag) select id, decode(md5(%(letter)s), 'hex') from exports_export
     where number = %(letter)s || '-E1';
    insert into breaches_incident (id, number, case_id, body, source, source_ref, found_on, opened_by, opened_at,
                                   counted, authority, authority_ref, told_by, waived_by, waived_because)
    values (gen_random_uuid(), %(letter)s || '-X1', gen_random_uuid(), 'ADMIN' || %(letter)s, 'staff', '', '2026-11-01',
            'account:security_admin' || %(letter)s, %(now)s, 1, '', '', '', '', '');
    insert into breaches_person (incident_id, subject_id, told_at)
    select id, %(own)s, null from breaches_incident where number = %(letter)s || '-X1';
    insert into breaches_stop (id, incident_id, lever, reference, at, actor_key, reasons)
    select gen_random_uuid(), id, 'account', 'x', %(now)s, opened_by, 'x' from breaches_incident
     where number = %(letter)s || '-X1';
    insert into retention_destruction (id, kind, reference, files, destroyed_at)
    values (gen_random_uuid(), 'tip', %(letter)s || '-J0', 1, %(now)s);
    insert into complaints_tip (id, number, kind, case_id, reported_body, tag, identity, received_at)
    values (gen_random_uuid(), %(letter)s || '-J1', 'privacy', %(case)s, 'OTHER', decode(md5(%(letter)s), 'hex'), '',
            %(now)s);
    insert into complaints_entry (id, tip_id, place, from_office, actor_key, at, digest, is_paper)
    select gen_random_uuid(), id, 1, false, '', %(now)s, repeat('0', 32), false from complaints_tip
     where number = %(letter)s || '-J1';
    insert into incentives_member (subject_id, joined_at) values (%(own)s, %(now)s);
    insert into incentives_choice (id, subject_id, body, matter, hint, is_used, reasons, at, actor_key)
    values (gen_random_uuid(), %(own)s, %(body)s, 'x', 'x', true, '', %(now)s, %(clerk)s);
"""
