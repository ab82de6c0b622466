-- A letter is written down with the visit it was shown at; the represented may read it, the clerk never again.
select guard.protect('archives_mandate');

create policy shown_at_counter on archives_mandate for insert to chengxin_app
    with check (subject_id = (select guard.attended_id()) and visit_id::text = (select guard.case_ref())
                and exists (select from archives_counter_visit v
                             where v.id = archives_mandate.visit_id and v.subject_id = (select guard.attended_id())
                               and v.downloaded_at is null));
create policy represented_reads on archives_mandate for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
