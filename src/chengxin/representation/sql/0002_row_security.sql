-- A mandate is read by who is represented and by who holds it; who it is offered to finds it by their own number.
select guard.protect('representation_mandate');

create policy represented_reads on representation_mandate for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy represented_grants on representation_mandate for insert to chengxin_app
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
                and granted_by = (select guard.actor_key()) and ground = 'mandate'
                and accepted_at is null and ended_at is null);
create policy represented_ends on representation_mandate for update to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and ended_at is null)
    with check (subject_id = (select guard.subject_id()) and ended_at is not null);

create policy offered_reads on representation_mandate for select to chengxin_app
    using ((select guard.channel()) = 'self' and accepted_at is null and ended_at is null
           and exists (select from subjects_identifier i
                       where i.subject_id = (select guard.subject_id()) and i.blind = holder_tag
                         and i.valid_until is null));
create policy offered_accepts on representation_mandate for update to chengxin_app
    using ((select guard.channel()) = 'self' and accepted_at is null and ended_at is null
           and ends_on > (select guard.legal_day())
           and exists (select from subjects_identifier i
                       where i.subject_id = (select guard.subject_id()) and i.blind = holder_tag
                         and i.valid_until is null))
    with check ((select guard.channel()) = 'self' and holder_key = (select guard.actor_key()) and holder_tag is null);

create policy holder_reads on representation_mandate for select to chengxin_app
    using (holder_key = (select guard.actor_key()) and (select guard.channel()) in ('self', 'represented'));
create policy holder_ends on representation_mandate for update to chengxin_app
    using (holder_key = (select guard.actor_key()) and (select guard.channel()) = 'self' and ended_at is null)
    with check (holder_key = (select guard.actor_key()) and ended_at is not null);

-- Whom the actor of a transaction represents, asked anew by each statement: the signed context says who acts and for
-- whom, this row says that it may, for this, today, and that the represented lives and is of age. The end of a mandate
-- ends everything in the statement after. It runs with its owner's rights, or the policies it serves would ask it again.
create function guard.represented_id(scope text) returns uuid language sql stable parallel restricted security definer
    set search_path = pg_catalog, pg_temp
    return case when guard.channel() = 'represented' then (
        select m.subject_id
        from public.representation_mandate m join public.subjects_subject s on s.id = m.subject_id
        where m.subject_id = nullif(guard.context() ->> 'represented_id', '')::uuid
          and represented_id.scope = any(m.scopes) and m.ended_at is null and m.ends_on > guard.legal_day()
        limit 1) end;
revoke all on function guard.represented_id(text) from public;
grant execute on function guard.represented_id(text) to chengxin_app;

-- What that function may read: what the actor itself accepted, and of persons only those who live and are of age.
create policy asked_of_holder on representation_mandate for select to chengxin_owner
    using (holder_key = (select guard.actor_key()) and accepted_at is not null);
create policy asked_of_state on subjects_subject for select to chengxin_owner
    using (status = 'active' and (select guard.channel()) = 'represented');

-- All that a representative reaches, on one page. To look: the person's key and names, the lines with their marks and
-- statements (these go with their lines), who received them and who was told.
create policy represented on subjects_subject for select to chengxin_app
    using (id = (select guard.represented_id('look')));
create policy represented on subjects_subject_key for select to chengxin_app
    using (subject_id = (select guard.represented_id('look')));
create policy represented on subjects_name for select to chengxin_app
    using (subject_id = (select guard.represented_id('look')));
create policy represented on records_version for select to chengxin_app
    using (subject_id = (select guard.represented_id('look')));
create policy represented on records_recipient for select to chengxin_app
    using (subject_id = (select guard.represented_id('look')));
create policy represented on jobs_message for select to chengxin_app
    using (subject_id = (select guard.represented_id('look')));
-- A representative tells the person, or the body that is to answer, what was done.
create policy represented_serves on notices_notice for insert to chengxin_app
    with check (sender_body = '' and (select guard.represented_id('look')) is not null
                and (subject_id is null or subject_id = (select guard.represented_id('look'))));

-- To object: the objections and reviews of the person with their steps and papers, the words, and the mark on the line.
create policy represented_reads on casework_case for select to chengxin_app
    using (subject_id = (select guard.represented_id('object')) and procedure in ('objection', 'objection_review'));
create policy represented_opens on casework_case for insert to chengxin_app
    with check (subject_id = (select guard.represented_id('object')) and procedure in ('objection', 'objection_review')
                and opened_by = (select guard.actor_key()));
create policy represented_moves on casework_case for update to chengxin_app
    using (subject_id = (select guard.represented_id('object')) and procedure in ('objection', 'objection_review'))
    with check (subject_id = (select guard.represented_id('object')) and procedure in ('objection', 'objection_review'));
create policy represented_reads on objections_objection for select to chengxin_app
    using (subject_id = (select guard.represented_id('object')));
create policy represented_words on objections_objection for insert to chengxin_app
    with check (subject_id = (select guard.represented_id('object')));
create policy represented_course on objections_objection for update to chengxin_app
    using (subject_id = (select guard.represented_id('object')))
    with check (subject_id = (select guard.represented_id('object')));
create policy represented_objects on records_mark for insert to chengxin_app
    with check (kind = 'objection' and subject_id = (select guard.represented_id('object'))
                and actor_key = (select guard.actor_key()) and body = ''
                and exists (select from records_version v where v.subject_id = records_mark.subject_id
                            and v.record_id = records_mark.record_id));
