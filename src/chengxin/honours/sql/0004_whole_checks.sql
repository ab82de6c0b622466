-- Of several policies the USING of any goes with the WITH CHECK of any, so each check says again who acts (ADR 0109).
alter policy body_moves on honours_nomination
    with check (body = (select guard.body()) and (select guard.channel()) in ('body', 'intake'));
alter policy body_answers on honours_letter
    with check (body = (select guard.body()) and (select guard.channel()) = 'body'
                and replied_by in ('', (select guard.actor_key())));
alter policy sweep_empties on honours_letter
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and text = '');
