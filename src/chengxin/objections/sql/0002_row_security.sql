-- The subject reads and writes its own words; who handles the case named in the context reads them; the platform keeps
-- the windows of review.
select guard.protect('objections_objection');
select guard.protect('objections_correction');

create policy own on objections_objection for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy own_words on objections_objection for insert to chengxin_app
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy own_course on objections_objection for update to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self')
    with check (subject_id = (select guard.subject_id()));
create policy case_party_reads on objections_objection for select to chengxin_app
    using (record_id = (select c.ref_id::uuid from casework_case c
                        where c.number = (select guard.case_ref()) and c.ref_kind = 'record'
                          and c.parties @> array[(select guard.body())]::varchar[]));
create policy case_handler_decides on objections_objection for update to chengxin_app
    using (record_id = (select c.ref_id::uuid from casework_case c
                        where c.number = (select guard.case_ref()) and c.ref_kind = 'record'
                          and c.body = (select guard.body())))
    with check (record_id = (select c.ref_id::uuid from casework_case c
                             where c.number = (select guard.case_ref()) and c.ref_kind = 'record'
                               and c.body = (select guard.body())));
create policy platform_keeps on objections_objection for select to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform')));
create policy platform_lifts on objections_objection for update to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform')))
    with check ((select guard.channel()) = 'job' and (select guard.has_role('platform')));

create policy source_reads on objections_correction for select to chengxin_app
    using (body = (select guard.body()));
create policy source_proposes on objections_correction for insert to chengxin_app
    with check (body = (select guard.body()) and proposed_by = (select guard.actor_key()));
create policy source_drops on objections_correction for update to chengxin_app
    using (body = (select guard.body())) with check (dropped_at is not null);
