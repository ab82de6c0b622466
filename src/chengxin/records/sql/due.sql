v.superseded_at is null
  and v.accepted_at >= %(accepted_from)s and v.accepted_at <= %(accepted_to)s
  and (%(batch_id)s::uuid is null or v.batch_id = %(batch_id)s::uuid)
  and v.subject_kind <> 'natural_person' and v.provenance = 'determined' and v.not_public_because = ''
  and v.publicity_starts_on <= %(today)s
  and (v.nature <> 'adverse' or v.notified_on <= %(today)s)
  and not exists (
      select 1 from records_mark m
      where m.subject_id = v.subject_id and m.record_id = v.record_id and m.lifted_at is null
        and m.kind in ('withdrawn', 'repaired', 'frozen'))
