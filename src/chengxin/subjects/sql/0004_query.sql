-- A query by consent or statute opens the key, the state and the sealed names of the subject it is about.
create policy queried on subjects_subject for select to chengxin_app
    using (id = (select guard.queried_id()));
create policy queried on subjects_subject_key for select to chengxin_app
    using (subject_id = (select guard.queried_id()));
create policy queried on subjects_name for select to chengxin_app
    using (subject_id = (select guard.queried_id()));
