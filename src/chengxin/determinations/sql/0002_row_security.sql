-- A determination is its body's; its subject reads it from the day it was told of it.
select guard.protect('determinations_determination');

create policy body_drafts on determinations_determination for insert to chengxin_app
    with check (body = (select guard.body()) and drafted_by = (select guard.actor_key())
                and (select guard.channel()) = 'intake' and noticed_on is null and decided_on is null);
create policy body_reads on determinations_determination for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) in ('body', 'intake'));
create policy body_moves on determinations_determination for update to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) in ('body', 'intake'))
    with check (body = (select guard.body()));
create policy subject_reads on determinations_determination for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and noticed_on is not null
           and (select guard.channel()) in ('self', 'intake'));
