-- At the counter of a service hall (窗口代填) a clerk fills in what the person before them asks for: within an hour of
-- the moment the person was identified, for a person of full capacity. The row is laid by the counter (archives).
create or replace function guard.represented_id(scope text) returns uuid language sql stable parallel restricted
    security definer set search_path = pg_catalog, pg_temp
    return case when guard.channel() = 'represented' then (
        select m.subject_id
        from public.representation_mandate m join public.subjects_subject s on s.id = m.subject_id
        where m.subject_id = nullif(guard.context() ->> 'represented_id', '')::uuid
          and represented_id.scope = any(m.scopes) and m.ended_at is null and m.ends_on > guard.legal_day()
          and m.rests_since is null
          and (m.ground <> 'counter' or m.granted_at > guard.moment() - interval '1 hour')
          and s.status = case m.ground when 'mandate' then 'active' when 'guardian' then 'guardianship'
                                       when 'next_of_kin' then 'deceased' when 'counter' then 'active' end
        limit 1) end;

alter policy holder_reads on representation_mandate
    using (holder_key = (select guard.actor_key()) and (select guard.channel()) in ('self', 'represented', 'counter'));

-- Whoever is represented ends what they gave or asked for; what the law gave is not theirs to end.
alter policy represented_ends on representation_mandate
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and ended_at is null
           and ground in ('mandate', 'counter'))
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and ended_at is not null
                and ground in ('mandate', 'counter'));

-- What the platform closes by itself, and what its person contests, is what the law gave and nothing else.
alter policy keeper_reads on representation_mandate
    using (ground in ('guardian', 'next_of_kin') and (select guard.has_role('platform'))
           and (select guard.purpose()) = 'representation_handling');
alter policy keeper_ends on representation_mandate
    using (ground in ('guardian', 'next_of_kin') and ended_at is null and (select guard.has_role('platform'))
           and (select guard.purpose()) = 'representation_handling')
    with check (ground in ('guardian', 'next_of_kin') and ended_at is not null and (select guard.has_role('platform'))
                and (select guard.purpose()) = 'representation_handling');
alter policy sweep_reads on representation_mandate
    using (ground in ('guardian', 'next_of_kin') and (select guard.has_role('platform'))
           and (select guard.purpose()) = 'retention');
alter policy ward_contests on representation_mandate
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
           and ground in ('guardian', 'next_of_kin') and ended_at is null)
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
                and ground in ('guardian', 'next_of_kin') and ended_at is null and contest_number <> '');
