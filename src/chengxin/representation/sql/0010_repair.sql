-- To repair: the applications of the person with their papers, and their cases. What is written bears who wrote it.
create policy represented_reads on repair_application for select to chengxin_app
    using (subject_id = (select guard.represented_id('repair')));
create policy represented_applies on repair_application for insert to chengxin_app
    with check (subject_id = (select guard.represented_id('repair')) and applied_by = (select guard.actor_key())
                and granted_at is null and closed_at is null);
create policy represented_hands_in on repair_paper for insert to chengxin_app
    with check (subject_id = (select guard.represented_id('repair'))
                and exists (select from repair_application a where a.id = application_id
                            and a.subject_id = repair_paper.subject_id and a.closed_at is null));
alter policy represented_reads on casework_case
    using ((subject_id = (select guard.represented_id('object')) and procedure in ('objection', 'objection_review'))
           or (subject_id = (select guard.represented_id('repair')) and procedure in ('repair', 'repair_revocation')));
alter policy represented_opens on casework_case
    with check (opened_by = (select guard.actor_key())
                and ((subject_id = (select guard.represented_id('object'))
                      and procedure in ('objection', 'objection_review'))
                     or (subject_id = (select guard.represented_id('repair')) and procedure = 'repair')));
alter policy represented_moves on casework_case
    using ((subject_id = (select guard.represented_id('object')) and procedure in ('objection', 'objection_review'))
           or (subject_id = (select guard.represented_id('repair')) and procedure in ('repair', 'repair_revocation')))
    with check ((subject_id = (select guard.represented_id('object'))
                 and procedure in ('objection', 'objection_review'))
                or (subject_id = (select guard.represented_id('repair'))
                    and procedure in ('repair', 'repair_revocation')));
