-- A person lets every consent rest: nobody else begins or ends it, and a query about the person meets it here as well.
select guard.protect('consents_freeze');
create policy subject_begins on consents_freeze for insert to chengxin_app
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and lifted_at is null);
create policy subject_reads on consents_freeze for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy subject_lifts on consents_freeze for update to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and lifted_at is null)
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and lifted_at is not null);
create policy query_meets on consents_freeze for select to chengxin_app
    using (subject_id = (select guard.queried_id()) and (select guard.channel()) = 'query' and lifted_at is null);

-- In a query the holder sees no consent that rests, so no record opens under it (records: authorised_reads).
alter policy holder_reads on consents_authorisation
    using (body = (select guard.body())
           and ((select guard.channel()) = 'body'
                or ((select guard.channel()) = 'query'
                    and (ground = 'statute'
                         or not exists (select from consents_freeze f
                                         where f.subject_id = consents_authorisation.subject_id
                                           and f.lifted_at is null)))));
