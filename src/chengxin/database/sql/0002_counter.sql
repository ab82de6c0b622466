-- Who stands at a counter: the clerk's context names the subject served, and this answers only for a hall clerk there.
-- It is another question than guard.subject_id(), so that no policy of a subject's own opens to who serves it.
create function guard.attended_id() returns uuid language sql stable parallel restricted
    return case when guard.channel() = 'counter' and guard.has_role('hall_clerk')
                then nullif(guard.context() ->> 'attended_id', '')::uuid end;
revoke all on function guard.attended_id() from public;
grant execute on function guard.attended_id() to chengxin_app;
