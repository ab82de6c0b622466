jsonb_build_object(
    'kind', v.subject_kind, 'severity', v.severity, 'determined_on', v.determined_on, 'valid_until', v.valid_until,
    'query_ends_on', v.query_ends_on, 'penalty_kinds', v.content ->> %(penalty_kinds)s,
    'lower_fine', v.content ->> %(lower_fine)s, 'restriction_until', v.content ->> %(restriction_until)s,
    'declared_until', v.content ->> %(declared_until)s,
    'published_on', coalesce(
        (select min(p.published_at at time zone 'Asia/Shanghai')::date from records_publication p
          where p.subject_id = v.subject_id and p.record_id = v.record_id), %(today)s::date))::text
