-- A mark is put by who may see the record it stands on: its source body, who handles a case about it, or the platform.
drop policy officer_marks on records_mark;
create policy officer_marks on records_mark for insert to chengxin_app
    with check (actor_key = (select guard.actor_key()) and (select guard.channel()) in ('body', 'office', 'job')
                and exists (select from records_version v where v.subject_id = records_mark.subject_id
                            and v.record_id = records_mark.record_id));
