-- At a counter the key and the sealed names of the subject who stands there, and of nobody else.
create policy at_counter on subjects_subject for select to chengxin_app
    using (id = (select guard.attended_id()));
create policy at_counter on subjects_subject_key for select to chengxin_app
    using (subject_id = (select guard.attended_id()));
create policy at_counter on subjects_name for select to chengxin_app
    using (subject_id = (select guard.attended_id()));
