-- At a counter the records of the subject who stands there; marks and statements come with their record.
create policy at_counter on records_version for select to chengxin_app
    using (subject_id = (select guard.attended_id()));
