-- An association keeps its own members and acts; a member reads its own. Nobody else reads either, for no purpose.
select guard.protect('associations_association');
create policy public_reads on associations_association for select to chengxin_app using (true);
create policy office_registers on associations_association for insert to chengxin_app
    with check (registered_by = (select guard.actor_key()) and (select guard.channel()) = 'office'
                and (select guard.purpose()) = 'oversight' and (select guard.has_role('case_officer')));

select guard.protect('associations_charter');
create policy public_reads on associations_charter for select to chengxin_app using (true);
create policy association_files on associations_charter for insert to chengxin_app
    with check (association = (select guard.body()) and filed_by = (select guard.actor_key())
                and (select guard.channel()) = 'body' and (select guard.purpose()) = 'association_keeping'
                and exists (select from associations_association a where a.body = association));

select guard.protect('associations_member');
create policy association_reads on associations_member for select to chengxin_app
    using (association = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'association_keeping');
create policy member_reads on associations_member for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy association_files on associations_member for insert to chengxin_app
    with check (association = (select guard.body()) and filed_by = (select guard.actor_key())
                and (select guard.channel()) = 'body' and (select guard.purpose()) = 'association_keeping'
                and exists (select from associations_association a where a.body = association)
                -- Members are operators: an association keeps no archive of a person here.
                and exists (select from subjects_operator o where o.subject_id = associations_member.subject_id));
create policy association_ends on associations_member for update to chengxin_app
    using (association = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'association_keeping')
    with check (association = (select guard.body()));

select guard.protect('associations_act');
create policy association_reads on associations_act for select to chengxin_app
    using (association = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'association_keeping');
create policy member_reads on associations_act for select to chengxin_app
    using (subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
create policy association_proposes on associations_act for insert to chengxin_app
    with check (association = (select guard.body()) and proposed_by = (select guard.actor_key())
                and (select guard.channel()) = 'body' and (select guard.purpose()) = 'association_keeping'
                and decided_on is null
                and exists (select from associations_member m where m.id = member_id and m.left_on is null
                            and m.association = associations_act.association and m.subject_id = associations_act.subject_id)
                and exists (select from associations_charter c where c.id = charter_id
                            and c.association = associations_act.association));
create policy association_decides on associations_act for update to chengxin_app
    using (association = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'association_keeping')
    with check (association = (select guard.body()));
