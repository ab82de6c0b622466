-- Who filed a hotline's sheet reads that it did, so as to say which complaint it became.
create policy filer_reads on disputes_source for select to chengxin_app
    using (filed_by = (select guard.actor_key()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'dispute_handling');
