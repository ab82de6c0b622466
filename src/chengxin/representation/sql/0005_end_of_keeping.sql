-- What an applicant wrote (name and number of another, and why) ends with the papers of the case: emptied by the sweep,
-- and changed by nobody.
create policy sweep_reads on representation_application for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention');
create policy sweep_empties on representation_application for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention' and closed_at is not null)
    with check ((select guard.has_role('platform')) and (select guard.purpose()) = 'retention'
                and closed_at is not null and sealed = '');
create policy sweep_reads on representation_mandate for select to chengxin_app
    using (ground <> 'mandate' and (select guard.has_role('platform')) and (select guard.purpose()) = 'retention');

create function representation_keep_words() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if new.sealed <> old.sealed
        and not (guard.has_role('platform') and guard.purpose() = 'retention' and new.sealed = '') then
        raise exception 'An application keeps the words of its author.' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger keep_words before update of sealed on representation_application
    for each row execute function representation_keep_words();
