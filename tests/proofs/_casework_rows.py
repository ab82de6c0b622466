"""Rows of objections, statutory queries and figures for one side: what no act of the world leaves behind."""

from __future__ import annotations

# A mark of the subject's own; a query to be approved and one that is; a correction that stands.
CASEWORK = """
    insert into records_mark (id, subject_id, record_id, kind, set_at, reason, reference, actor_key, body)
    values (gen_random_uuid(), %(own)s, %(record)s, 'objection', %(now)s, 'x', 'x', %(citizen)s, '');
    insert into objections_objection (case_id, origin_id, subject_id, record_id, sealed, text, written_at, mark_id)
    values (%(case)s, %(case)s, %(own)s, %(record)s, '\\x01', '', %(now)s, gen_random_uuid());
    insert into objections_correction (id, case_id, record_id, version, batch_id, body, proposed_by, at)
    values (gen_random_uuid(), %(case)s, %(record)s, 1, gen_random_uuid(), %(body)s, %(clerk)s, %(now)s);
    insert into inquiries_statutory_query (id, body, rule, basis, items, procedure_number, announced_on, announced_at,
                                           announced_count, matter, created_by, created_at, approved_at)
    values (%(query)s, %(body)s, 'x', 'x', '{"penalty": []}', 'x', '2026-11-01', 'x', 1, 'x', %(clerk)s, %(now)s, null),
           (gen_random_uuid(), %(body)s, 'x', 'x', '{"penalty": []}', 'x', '2026-11-01', 'x', 1, 'x', %(clerk)s,
            %(now)s, %(now)s);
    insert into inquiries_named_person (id, query_id, body, place, shown, subject_id, authorisation_id)
    values (gen_random_uuid(), %(query)s, %(body)s, 1, 'x', %(own)s, null),
           (gen_random_uuid(), %(query)s, %(body)s, 2, 'x', %(other)s, gen_random_uuid());
    insert into casework_service_figure (id, body, procedure, counted_at, since_on, received, decided, on_time, overdue,
                                         reviewed, overturned)
    values (gen_random_uuid(), %(body)s, 'objection', %(now)s, '2025-11-01', 1, 1, 1, 0, 0, 0);
    insert into casework_outcome_figure (id, procedure, alike, body, state, cases, counted_at)
    values (gen_random_uuid(), 'objection', 'x', %(body)s, 'maintained', 1, %(now)s);
    insert into casework_officer_figure (id, body, procedure, actor_key, confirmed, sent_back, counted_at)
    values (gen_random_uuid(), %(body)s, 'objection', %(clerk)s, 1, 0, %(now)s);
"""

# Messages of one that is still on its way and of one that was answered, to a program and to a body.
MESSAGES = """
    insert into jobs_message (id, topic, recipient, key, kind, reference, payload, digest, sender_key, sender_body,
                              created_at, attempts, next_attempt_at, delivered_at, last_error, receipt_kind,
                              receipt_digest, receipt_at)
    select gen_random_uuid(), 'x', recipient, state || %(letter)s, 'inbox', 'x', '{}', '\\x00', 'x', '', %(now)s, 1,
           case state when 'waiting' then %(now)s end::timestamptz,
           case state when 'answered' then %(now)s end::timestamptz, '',
           case state when 'answered' then 'stopped' else '' end,
           case state when 'answered' then '\\x00' end::bytea,
           case state when 'answered' then %(now)s end::timestamptz
      from unnest(array[%(reader)s, 'body:' || %(body)s]) as recipient, unnest('{waiting,answered}'::text[]) as state;
"""

# An application with a paper, and one that is over.
REPAIR = """
    insert into repair_application (id, number, subject_id, record_id, record_version, item_code, body, case_id,
                                    applied_at, applied_by, earliest_on, sealed)
    values (%(application)s, %(code)s, %(own)s, %(record)s, 1, 'penalty', %(body)s, %(case)s, %(now)s, 'x',
            '2026-11-01', '\\x01');
    insert into repair_application
    select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'number', a.number || '-over',
            'closed_at', %(now)s::timestamptz))).* from repair_application a where a.id = %(application)s;
    insert into repair_paper (id, application_id, subject_id, kind, digest, media, size, given_at)
    values (gen_random_uuid(), %(application)s, %(own)s, 'performance', repeat('0', 32), 'application/pdf', 1, %(now)s);
"""
