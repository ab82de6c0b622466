-- A clearance is its body's alone: an officer writes it in their own name, another confirms it, either takes it back.
select guard.protect('matching_clearance');
create policy body_reads on matching_clearance for select to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body');
create policy officer_clears on matching_clearance for insert to chengxin_app
    with check (body = (select guard.body()) and (select guard.channel()) = 'body'
                and proposed_by = (select guard.actor_key()) and confirmed_at is null and withdrawn_at is null
                and ((select guard.has_role('clerk')) or (select guard.has_role('case_officer'))));
create policy another_confirms on matching_clearance for update to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body' and confirmed_at is null
           and withdrawn_at is null and proposed_by <> (select guard.actor_key())
           and ((select guard.has_role('approver')) or (select guard.has_role('case_officer'))))
    with check (confirmed_by = (select guard.actor_key()) and confirmed_at is not null and withdrawn_at is null
                and destroyed_at is null and reasons <> ''
                and ((select guard.has_role('approver')) or (select guard.has_role('case_officer'))));
create policy officer_takes_back on matching_clearance for update to chengxin_app
    using (body = (select guard.body()) and (select guard.channel()) = 'body' and withdrawn_at is null
           and ((select guard.has_role('clerk')) or (select guard.has_role('case_officer'))))
    with check (withdrawn_at is not null and destroyed_at is null and reasons <> ''
                and ((select guard.has_role('clerk')) or (select guard.has_role('case_officer'))));
create policy sweep_reads on matching_clearance for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_empties on matching_clearance for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and destroyed_at is null)
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and destroyed_at is not null and reasons = '' and asked_name = '');

-- Who may note a confirmation may not touch the words it confirms.
create function matching_clearance_keep_words() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if new.destroyed_at is null and (new.reasons, new.asked_name) is distinct from (old.reasons, old.asked_name) then
        raise insufficient_privilege using message = 'What was cleared never changes.';
    end if;
    return new;
end
$$;
create trigger keep_words before update on matching_clearance
    for each row execute function matching_clearance_keep_words();
