-- Who sees which subject. Keys, numbers and names are ciphertext; that they may be fetched does not open them.
-- Operators' kinds and states are public; a person sees their own; staff, jobs and clients come with a signed context.
select guard.protect('subjects_subject');
create policy operators on subjects_subject for select to chengxin_app using (kind <> 'natural_person');
create policy own on subjects_subject for select to chengxin_app
    using ((select guard.channel()) = 'self' and id = (select guard.subject_id()));
create policy staff on subjects_subject for select to chengxin_app
    using ((select guard.channel()) in ('body', 'office', 'intake', 'job', 'report'));
create policy filed on subjects_subject for insert to chengxin_app
    with check ((select guard.channel()) in ('intake', 'office', 'job'));
create policy decided on subjects_subject for update to chengxin_app
    using ((select guard.channel()) in ('body', 'office') and (select guard.has_role('case_officer')))
    with check ((select guard.channel()) in ('body', 'office') and (select guard.has_role('case_officer')));
create policy erased on subjects_subject for update to chengxin_app
    using ((select guard.channel()) = 'job') with check ((select guard.channel()) = 'job' and status = 'erased');

do $$
declare
    part text;
begin
    foreach part in array array['subjects_subject_key', 'subjects_identifier', 'subjects_name'] loop
        perform guard.protect(part::regclass);
        execute format($policy$
            create policy own on %1$s for select to chengxin_app
                using ((select guard.channel()) = 'self' and subject_id = (select guard.subject_id()));
            create policy staff on %1$s for select to chengxin_app
                using ((select guard.channel()) in ('body', 'office', 'intake', 'job', 'report'));
            create policy filed on %1$s for insert to chengxin_app
                with check ((select guard.channel()) in ('intake', 'office', 'job'));
            create policy decided on %1$s for insert to chengxin_app
                with check ((select guard.channel()) = 'body' and (select guard.has_role('case_officer')));
            create policy erased on %1$s for delete to chengxin_app
                using ((select guard.channel()) in ('office', 'job'));
        $policy$, part);
    end loop;
end
$$;
create policy ended on subjects_identifier for update to chengxin_app
    using ((select guard.channel()) in ('body', 'office') and (select guard.has_role('case_officer')))
    with check ((select guard.channel()) in ('body', 'office') and (select guard.has_role('case_officer')));
create policy ended on subjects_name for update to chengxin_app
    using ((select guard.channel()) in ('body', 'office') and (select guard.has_role('case_officer')))
    with check ((select guard.channel()) in ('body', 'office') and (select guard.has_role('case_officer')));

select guard.protect('subjects_review');
create policy staff on subjects_review for select to chengxin_app
    using ((select guard.channel()) in ('body', 'office', 'intake', 'job'));
create policy filed on subjects_review for insert to chengxin_app
    with check ((select guard.channel()) in ('body', 'intake', 'office', 'job') and state = 'open');
create policy decided on subjects_review for update to chengxin_app
    using ((select guard.channel()) in ('body', 'office') and (select guard.has_role('case_officer')))
    with check ((select guard.channel()) in ('body', 'office') and (select guard.has_role('case_officer')));
create policy linked on subjects_review for update to chengxin_app
    using ((select guard.channel()) = 'intake' and state = 'open')
    with check ((select guard.channel()) = 'intake' and state = 'open');
create policy erased on subjects_review for delete to chengxin_app
    using ((select guard.channel()) in ('office', 'job'));

select guard.protect('subjects_status_change');
create policy own on subjects_status_change for select to chengxin_app
    using ((select guard.channel()) = 'self' and subject_id = (select guard.subject_id()));
create policy staff on subjects_status_change for select to chengxin_app
    using ((select guard.channel()) in ('office', 'intake', 'job'));
create policy entered on subjects_status_change for insert to chengxin_app
    with check ((select guard.channel()) in ('body', 'office') and (select guard.has_role('case_officer')));
create policy erased on subjects_status_change for insert to chengxin_app
    with check ((select guard.channel()) = 'job' and status = 'erased');

select guard.protect('subjects_representation');
create policy represented on subjects_representation for select to chengxin_app
    using ((select guard.channel()) = 'self' and subject_id = (select guard.subject_id()));
create policy representing on subjects_representation for select to chengxin_app
    using ((select guard.channel()) = 'self' and representative_id = (select guard.subject_id()));
create policy staff on subjects_representation for select to chengxin_app
    using ((select guard.channel()) in ('office', 'job'));
create policy entered on subjects_representation for insert to chengxin_app
    with check ((select guard.channel()) in ('body', 'office') and (select guard.has_role('case_officer')));
create policy ended on subjects_representation for update to chengxin_app
    using ((select guard.channel()) in ('body', 'office') and (select guard.has_role('case_officer')))
    with check ((select guard.channel()) in ('body', 'office') and (select guard.has_role('case_officer')));
