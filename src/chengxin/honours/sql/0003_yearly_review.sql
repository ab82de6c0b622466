-- The platform reads what was awarded and stands, to open the yearly review; it changes nothing.
create policy keeper_reads_awarded on honours_nomination for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'honour' and record_id is not null and withdrawn_at is null);
