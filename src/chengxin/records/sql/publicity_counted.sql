-- The distinct facts a publicity turns on that counts from publication; a corrected record was published already.
select distinct {facts}
from records_version v
where v.item_id = %(item_id)s and v.body = %(body)s
  and {due}
  and not exists (
      select 1 from records_publication done
      where done.subject_id = v.subject_id and done.record_id = v.record_id and done.version = v.version)
