-- An entry is written by the platform's own job alone. The public sees operators whose entry is public and stands; a
-- body sees what it listed, and operators on public lists; a subject sees its own, ended ones too.
select guard.protect('lists_entry');
create policy job_keeps on lists_entry for all to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job')
    with check ((select guard.has_role('platform')) and (select guard.channel()) = 'job');
create policy public_reads on lists_entry for select to chengxin_app
    using (subject_kind <> 'natural_person' and public_at is not null and ended_at is null
           and (select guard.channel()) in ('public', 'self', 'body', 'intake'));
create policy body_reads on lists_entry for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) in ('body', 'intake'));
create policy subject_reads on lists_entry for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');

-- A body notes what its own decision rests on; the job reads it to follow the basis.
select guard.protect('lists_listing');
create policy body_notes on lists_listing for insert to chengxin_app
    with check (body = (select guard.body()) and (select guard.channel()) = 'intake');
create policy body_reads on lists_listing for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) in ('body', 'intake'));
create policy subject_reads on lists_listing for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy job_reads on lists_listing for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job');

-- A program sees and changes what itself follows; the job reads whom to tell.
select guard.protect('lists_subscriber');
create policy own on lists_subscriber for select to chengxin_app using (recipient = (select guard.actor_key()));
create policy follows on lists_subscriber for insert to chengxin_app
    with check (recipient = (select guard.actor_key()) and body = (select guard.body()));
create policy leaves on lists_subscriber for update to chengxin_app
    using (recipient = (select guard.actor_key())) with check (recipient = (select guard.actor_key()));
create policy job_tells on lists_subscriber for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job');

-- What came onto and left public lists is public: ids, places, moments, and no name.
select guard.protect('lists_change');
create policy public_reads on lists_change for select to chengxin_app using (true);
create policy job_writes on lists_change for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.channel()) = 'job');
