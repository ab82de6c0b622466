-- The same gates as `records.rules`, once more, where no page can forget them.
select guard.protect('records_version');
select guard.protect('records_publication');
select guard.protect('records_mark');
select guard.protect('records_statement');
select guard.protect('records_recipient');

-- Versions: the source body files and corrects, the subject reads its own, the public what was published.
create policy source_files on records_version for insert to chengxin_app
    with check (body = (select guard.body()) and (select guard.channel()) = 'intake');
create policy source_supersedes on records_version for update to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'intake')
    with check (body = (select guard.body()));
create policy source_reads on records_version for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) in ('intake', 'body', 'office'));
create policy subject_reads on records_version for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) in ('self', 'report'));
create policy public_reads on records_version for select to chengxin_app
    using ((select guard.channel()) = 'public' and subject_kind <> 'natural_person' and provenance = 'determined'
           and not_public_because = '' and superseded_at is null);
create policy platform_keeps on records_version for select to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform')));

create policy anyone_finds on records_publication for select to chengxin_app
    using ((select guard.channel()) is not null);
create policy source_publishes on records_publication for insert to chengxin_app
    with check (body = (select guard.body()) and (select guard.channel()) in ('intake', 'office'));
create policy platform_publishes on records_publication for insert to chengxin_app
    with check ((select guard.channel()) = 'job' and (select guard.has_role('platform')));
create policy source_ends on records_publication for update to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) in ('intake', 'body', 'office'))
    with check (ended_at is not null);
create policy platform_ends on records_publication for update to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform'))) with check (ended_at is not null);

-- Marks are seen by whoever may see the record they stand on.
create policy with_its_record on records_mark for select to chengxin_app
    using (exists (select from records_version v where v.subject_id = records_mark.subject_id
                   and v.record_id = records_mark.record_id));
create policy officer_marks on records_mark for insert to chengxin_app
    with check (actor_key = (select guard.actor_key()) and (select guard.channel()) in ('body', 'office', 'job'));
create policy officer_lifts on records_mark for update to chengxin_app
    using ((select guard.channel()) in ('body', 'office', 'job') and body = (select guard.body()))
    with check (lifted_at is not null);

create policy subject_states on records_statement for insert to chengxin_app
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy subject_takes_back on records_statement for update to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self')
    with check (subject_id = (select guard.subject_id()));
create policy with_its_record on records_statement for select to chengxin_app
    using (exists (select from records_version v where v.subject_id = records_statement.subject_id
                   and v.record_id = records_statement.record_id));

create policy subject_sees_recipients on records_recipient for select to chengxin_app
    using (subject_id = (select guard.subject_id()));
create policy platform_sees_recipients on records_recipient for select to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform')));
create policy outlet_notes_recipient on records_recipient for insert to chengxin_app
    with check ((select guard.actor_key()) is not null);
