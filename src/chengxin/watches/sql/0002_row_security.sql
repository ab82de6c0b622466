-- A watch is its body's and its subject's. None is set without what it rests on, looked up once more here: a record the
-- body filed, a case it handles, a consent it holds, each about this very subject.
select guard.protect('watches_watch');
create policy body_reads on watches_watch for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body');
create policy subject_reads on watches_watch for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) in ('self', 'report'));
create policy platform_reads on watches_watch for select to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform')));
create policy body_sets on watches_watch for insert to chengxin_app
    with check (
        body = (select guard.body()) and (select guard.channel()) = 'body' and set_by = (select guard.actor_key())
        and ended_at is null
        and ((select guard.has_role('clerk')) or (select guard.has_role('case_officer'))
             or (select guard.has_role('client')))
        and (exists (select from records_version v
                      where v.record_id::text = watches_watch.reference and v.subject_id = watches_watch.subject_id
                        and v.body = watches_watch.body and v.superseded_at is null)
             or exists (select from casework_case c
                         where c.number = watches_watch.reference and c.subject_id = watches_watch.subject_id
                           and c.body = watches_watch.body and not c.is_closed)
             or exists (select from consents_authorisation a
                         where a.id::text = watches_watch.reference and a.subject_id = watches_watch.subject_id
                           and a.body = watches_watch.body and a.revoked_at is null))
    );
create policy body_ends on watches_watch for update to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body' and ended_at is null
           and ((select guard.has_role('clerk')) or (select guard.has_role('case_officer'))
                or (select guard.has_role('client'))))
    with check (ended_at is not null);
create policy platform_ends on watches_watch for update to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform')) and ended_at is null)
    with check (ended_at is not null);
