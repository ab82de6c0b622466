-- The credit office oversees the sources of its area: it reads batches and who corrected which cell, never a row.
create policy office_oversees on intake_batch for select to chengxin_app
    using ((select guard.channel()) = 'office' and (select guard.purpose()) = 'oversight'
           and (select guard.has_role('case_officer'))
           and body in (select s.code from access_body o join access_body s on s.area like o.area || '%'
                         where o.code = (select guard.body()) and o.is_credit_office));
create policy office_oversees on intake_fix for select to chengxin_app
    using (exists (select from intake_batch b where b.id = intake_fix.batch_id and b.body = intake_fix.body)
           and (select guard.channel()) = 'office' and (select guard.purpose()) = 'oversight');
