-- Of several policies the USING of any goes with the WITH CHECK of any, so each check says again who acts (ADR 0109).
alter policy association_ends on associations_member
    with check (association = (select guard.body()) and (select guard.channel()) = 'body'
                and (select guard.purpose()) = 'association_keeping');
alter policy association_decides on associations_act
    with check (association = (select guard.body()) and (select guard.channel()) = 'body'
                and (select guard.purpose()) = 'association_keeping');

-- The sweep of retention sees the acts against members who have left, and empties their reasons.
create policy sweep_reads on associations_member for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and left_on is not null);
create policy sweep_reads on associations_act for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
           and exists (select from associations_member m where m.id = member_id and m.left_on is not null));
create policy sweep_empties on associations_act for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
           and exists (select from associations_member m where m.id = member_id and m.left_on is not null))
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and reasons = '');

-- Nobody rewrites why an act was proposed: the words end as they were written.
create function associations_keep_words() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if not (guard.has_role('platform') and guard.purpose() = 'retention' and new.reasons = '' and old.emptied_at is null) then
        raise exception 'The reasons of an act stay as they were written.' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger keep_words before update of reasons, emptied_at on associations_act
    for each row execute function associations_keep_words();
