-- Rows that did not go in because theirs stands: the same content is a repeat and goes; other content is a correction
-- and keeps its record. What this very block brought does not stand against it.
with standing as (
    select i.ctid as place, v.subject_id, v.record_id, v.version, v.content_digest = i.content_digest as same
    from records_incoming i
    cross join lateral (
        -- One look in the index per row: a join would read the whole table for every block.
        select subject_id, record_id, version, content_digest from records_version
        where row_key = i.row_key and superseded_at is null
        limit 1
    ) v
    where not exists (select from records_incoming own where own.record_id = v.record_id)
), gone as (
    delete from records_incoming i using standing s where i.ctid = s.place and s.same
), closed as (
    update records_version v set superseded_at = %(now)s
    from standing s
    where not s.same and v.subject_id = s.subject_id and v.record_id = s.record_id and v.version = s.version
    returning v.subject_id, v.record_id, v.version, s.place
), ended as (
    -- What no longer stands is no longer public: the next version is published as a step of its own.
    update records_publication p set ended_at = %(now)s, ended_because = 'corrected'
    from closed c
    where p.subject_id = c.subject_id and p.record_id = c.record_id and p.version = c.version and p.ended_at is null
), kept as (
    update records_incoming i set record_id = c.record_id, version = c.version + 1, reason = %(reason)s
    from closed c where i.ctid = c.place
)
select count(*) from closed
