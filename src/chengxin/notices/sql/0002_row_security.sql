-- A notice is read by whom it is served on and by the body that served it; the platform sends.
select guard.protect('notices_notice');

create policy subject_reads on notices_notice for select to chengxin_app
    using (subject_id = (select guard.subject_id()));
create policy body_reads on notices_notice for select to chengxin_app
    using (body = (select guard.body()));
create policy sender_reads on notices_notice for select to chengxin_app
    using (sender_body = (select guard.body()));
create policy platform_reads on notices_notice for select to chengxin_app
    using ((select guard.has_role('platform')));

create policy sender_serves on notices_notice for insert to chengxin_app
    with check (sender_body = (select guard.body()));
create policy platform_serves on notices_notice for insert to chengxin_app
    with check ((select guard.has_role('platform')));

-- What a citizen does may notify a body, or give the citizen a receipt.
create policy citizen_serves on notices_notice for insert to chengxin_app
    with check (
        sender_body = '' and (select guard.subject_id()) is not null
        and (subject_id is null or subject_id = (select guard.subject_id()))
    );

create policy subject_opens on notices_notice for update to chengxin_app
    using (subject_id = (select guard.subject_id())) with check (subject_id = (select guard.subject_id()));
create policy body_opens on notices_notice for update to chengxin_app
    using (body = (select guard.body())) with check (body = (select guard.body()));
