-- Of several policies the USING of any goes with the WITH CHECK of any, so each check says again who acts (ADR 0109).
-- Whom a registration is about passes the first half of what lets them contest it: they neither take it over nor end it.
alter policy offered_accepts on representation_mandate
    with check ((select guard.channel()) = 'self' and subject_id <> (select guard.subject_id()) and ground = 'mandate'
                and holder_key = (select guard.actor_key()) and holder_tag is null
                and ends_on > (select guard.legal_day()));
alter policy holder_ends on representation_mandate
    with check (holder_key = (select guard.actor_key()) and (select guard.channel()) = 'self'
                and subject_id is distinct from (select guard.subject_id()) and ended_at is not null);
alter policy applicant_takes_back on representation_application
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
                and closed_at is not null);
alter policy ward_contests on representation_application
    with check (ward_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
                and contested_at is not null and heard_at is null and closed_at is null);
alter policy office_decides on representation_application
    with check (body = (select guard.body()) and number = (select guard.case_ref())
                and (select guard.channel()) = 'office' and (select guard.has_role('case_officer')));
