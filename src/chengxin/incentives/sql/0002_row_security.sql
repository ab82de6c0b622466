-- Points are for the person's own eyes: no role, no office and no job reads who is a member (red line: no score).
select guard.protect('incentives_member');
create policy own on incentives_member for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy joins on incentives_member for insert to chengxin_app
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy leaves on incentives_member for delete to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');

-- An officer's choice is seen by the officer's own body.
select guard.protect('incentives_choice');
create policy own_body on incentives_choice for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body');
create policy officer_chooses on incentives_choice for insert to chengxin_app
    with check (body = (select guard.body()) and (select guard.channel()) = 'body'
                and actor_key = (select guard.actor_key()));
