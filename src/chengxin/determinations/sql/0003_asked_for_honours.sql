-- Before somebody is honoured the platform asks whether a decision it was told of is under way about the nominee.
create policy platform_asks on determinations_determination for select to chengxin_app
    using (noticed_on is not null and (select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'honour');
