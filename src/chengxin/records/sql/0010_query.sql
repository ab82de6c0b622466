-- A query sees a record only under a live authorisation: of this body, for this subject, naming this item.
-- A withdrawn or used one is none; what `records.rules` says of marks and clocks is asked besides.
create policy authorised_reads on records_version for select to chengxin_app
    using (subject_id = (select guard.queried_id()) and superseded_at is null and provenance = 'determined'
           and exists (select from consents_authorisation a
                        where a.id::text = (select guard.case_ref()) and a.subject_id = records_version.subject_id
                          and a.body = (select guard.body()) and a.items ? records_version.item_code
                          and a.revoked_at is null and a.used_up_at is null));
