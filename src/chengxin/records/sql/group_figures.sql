-- How complete the archives of one group are among what a body filed: counts, and nobody named.
-- Row security shows a body its own filings; what is withdrawn, repaired or past its keeping counts for nothing.
with standing as (
    select v.subject_id, v.item_code, v.valid_until, v.accepted_at from records_version v
    where v.item_code = any(%(items)s) and v.body = %(body)s and v.superseded_at is null
      and (v.retain_until is null or v.retain_until > %(today)s)
      and not exists (select 1 from records_mark m
                      where m.subject_id = v.subject_id and m.record_id = v.record_id and m.lifted_at is null
                        and m.kind in ('withdrawn', 'repaired'))
), members as (
    select subject_id, bool_or(valid_until is null or valid_until >= %(today)s) as is_open
    from standing where item_code = %(member)s group by subject_id
)
select s.item_code, count(*), count(distinct s.subject_id) filter (where m.is_open),
       count(distinct s.subject_id) filter (where m.is_open is false),
       count(distinct s.subject_id) filter (where m.is_open is null), max(s.accepted_at)
from standing s left join members m on m.subject_id = s.subject_id
group by s.item_code order by s.item_code
