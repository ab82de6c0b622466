-- The counter: a clerk writes down each attempt; a report is made, and opened once, only within a visit that stands.
select guard.protect('archives_counter_visit');

create policy clerk_tries on archives_counter_visit for insert to chengxin_app
    with check (clerk_key = (select guard.actor_key()) and body = (select guard.body())
                and (select guard.has_role('hall_clerk')) and downloaded_at is null
                and case when subject_id is null then (select guard.channel()) = 'body'
                         else subject_id = (select guard.attended_id())
                              and id::text = (select guard.case_ref()) end);
create policy clerk_counts on archives_counter_visit for select to chengxin_app
    using (clerk_key = (select guard.actor_key()) and (select guard.has_role('hall_clerk'))
           and (select guard.channel()) in ('body', 'counter'));
create policy clerk_downloads on archives_counter_visit for update to chengxin_app
    using (subject_id = (select guard.attended_id()) and clerk_key = (select guard.actor_key())
           and id::text = (select guard.case_ref()) and downloaded_at is null)
    with check (downloaded_at is not null);

create policy made_at_counter on archives_report for insert to chengxin_app
    with check (subject_id = (select guard.attended_id())
                and code = (select v.code from archives_counter_visit v
                             where v.id::text = (select guard.case_ref()) and v.subject_id = (select guard.attended_id())
                               and v.downloaded_at is null));
create policy open_at_counter on archives_report for select to chengxin_app
    using (subject_id = (select guard.attended_id())
           and exists (select from archives_counter_visit v
                        where v.id::text = (select guard.case_ref()) and v.subject_id = (select guard.attended_id())
                          and v.downloaded_at is null));
create policy gives_way_at_counter on archives_report for update to chengxin_app
    using (subject_id = (select guard.attended_id()))
    with check (superseded_at is not null);
