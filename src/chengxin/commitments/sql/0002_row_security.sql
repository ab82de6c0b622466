-- What operators promise is public, replaced versions too. What a natural person promises is read by whoever names its
-- number (the person hands it out), and by that person. Its maker signs and replaces; nobody changes the words.
select guard.protect('commitments_commitment');
create policy public_reads on commitments_commitment for select to chengxin_app
    using (not is_person and (select guard.channel()) is not null);
create policy number_reads on commitments_commitment for select to chengxin_app
    using (is_person and number = (select guard.case_ref()) and (select guard.channel()) = 'public');
create policy maker_reads on commitments_commitment for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy maker_signs on commitments_commitment for insert to chengxin_app
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
                and signed_by = (select guard.actor_key()) and replaced_at is null);
create policy maker_replaces on commitments_commitment for update to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self' and replaced_at is null)
    with check (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
                and replaced_at is not null);
