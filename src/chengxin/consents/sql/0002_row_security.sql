-- A consent belongs to its subject; who holds it sees it and counts its uses, and neither changes what was given.
select guard.protect('consents_request');
select guard.protect('consents_authorisation');
select guard.protect('consents_step');
select guard.protect('consents_use');

-- Requests: the institution that asks; the person who has the code, until it is answered or lapses.
create policy holder_asks on consents_request for insert to chengxin_app
    with check (body = (select guard.body()) and consent_id is null and (select guard.channel()) = 'body');
create policy holder_reads on consents_request for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body');
create policy person_reads on consents_request for select to chengxin_app
    using (code = (select guard.case_ref()) and (select guard.channel()) = 'self');
create policy person_answers on consents_request for update to chengxin_app
    using (code = (select guard.case_ref()) and (select guard.channel()) = 'self' and consent_id is null)
    with check (consent_id is not null);

-- Consents: given and taken back by nobody but the subject; statutory ones by the approver of the organ.
create policy subject_gives on consents_authorisation for insert to chengxin_app
    with check (ground = 'consent' and subject_id = (select guard.subject_id())
                and (select guard.channel()) = 'self' and revoked_at is null and use_count = 0);
create policy subject_reads on consents_authorisation for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) in ('self', 'report'));
create policy subject_takes_back on consents_authorisation for update to chengxin_app
    using (ground = 'consent' and subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
           and revoked_at is null)
    with check (revoked_at is not null);
create policy organ_permits on consents_authorisation for insert to chengxin_app
    with check (ground = 'statute' and body = (select guard.body()) and (select guard.has_role('approver'))
                and (select guard.channel()) = 'body' and revoked_at is null and use_count = 0);
create policy holder_reads on consents_authorisation for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) in ('body', 'query'));
create policy holder_uses on consents_authorisation for update to chengxin_app
    using (id::text = (select guard.case_ref()) and body = (select guard.body())
           and subject_id = (select guard.queried_id()) and revoked_at is null and used_up_at is null)
    with check (revoked_at is null);
create policy platform_reads on consents_authorisation for select to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform')));

create policy written_with_it on consents_step for insert to chengxin_app
    with check (actor_key = (select guard.actor_key())
                and exists (select from consents_authorisation a where a.id = consents_step.authorisation_id
                            and a.subject_id = consents_step.subject_id and a.body = consents_step.body));
create policy subject_reads on consents_step for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) in ('self', 'report'));
create policy platform_reads on consents_step for select to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform')));

create policy holder_writes on consents_use for insert to chengxin_app
    with check (body = (select guard.body()) and subject_id = (select guard.queried_id()) and result_at is null);
create policy holder_reads on consents_use for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) in ('body', 'query'));
create policy holder_posts on consents_use for update to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body' and result_at is null)
    with check (body = (select guard.body()) and result_at is not null);
create policy subject_reads on consents_use for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) in ('self', 'report'));
-- The office counts uses per institution; it reads no subject by this.
create policy platform_counts on consents_use for select to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform')));
