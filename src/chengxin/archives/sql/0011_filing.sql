-- What lets a clerk fill in for a person is laid by the clerk who identified them, within the visit of that moment and
-- for the person the context attends; the visit ends in the same transaction, so it is laid once.
create policy counter_lays on representation_mandate for insert to chengxin_app
    with check (ground = 'counter' and subject_id = (select guard.attended_id())
                and holder_key = (select guard.actor_key()) and granted_by = 'visit:' || (select guard.case_ref())
                and accepted_at is not null and granted_at <= (select guard.moment()) and ended_at is null
                and ends_on = (select guard.legal_day()) + 1
                and exists (select from archives_counter_visit v
                             where v.id::text = (select guard.case_ref()) and v.subject_id = (select guard.attended_id())
                               and v.tried_at > (select guard.moment()) - interval '1 minute'
                               and v.downloaded_at is null));
