-- An applied measure is its body's and its subject's; the platform's job ends it, and no end is undone. Nobody else
-- sees it, nor the public.
select guard.protect('measures_applied');
create policy body_applies on measures_applied for insert to chengxin_app
    with check (body = (select guard.body()) and (select guard.channel()) = 'intake' and ended_at is null);
create policy body_reads on measures_applied for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) in ('body', 'intake'));
create policy body_ends on measures_applied for update to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body' and ended_at is null)
    with check (body = (select guard.body()));
create policy subject_reads on measures_applied for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy job_reads on measures_applied for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job');
create policy job_ends on measures_applied for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job' and ended_at is null)
    with check (ended_at is not null);
