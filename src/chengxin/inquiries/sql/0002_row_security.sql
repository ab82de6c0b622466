-- A statutory query is seen by the organ that asks; its approver notes the approval. A person sees each look in the log.
select guard.protect('inquiries_statutory_query');
select guard.protect('inquiries_named_person');

create policy organ_asks on inquiries_statutory_query for insert to chengxin_app
    with check (body = (select guard.body()) and (select guard.channel()) = 'body' and approved_at is null);
create policy organ_reads on inquiries_statutory_query for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body');
create policy approver_notes on inquiries_statutory_query for update to chengxin_app
    using (body = (select guard.body()) and (select guard.has_role('approver')) and approved_at is null
           and created_by <> (select guard.actor_key()))
    with check (approved_at is not null);

create policy organ_names on inquiries_named_person for insert to chengxin_app
    with check (body = (select guard.body()) and (select guard.channel()) = 'body' and authorisation_id is null);
create policy organ_reads on inquiries_named_person for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body');
create policy approver_opens on inquiries_named_person for update to chengxin_app
    using (body = (select guard.body()) and (select guard.has_role('approver')) and authorisation_id is null)
    with check (authorisation_id is not null);
