-- Figures of service are public; how officers decide is for oversight only. The platform counts, nobody else writes.
select guard.protect('casework_service_figure');
select guard.protect('casework_outcome_figure');
select guard.protect('casework_officer_figure');

create policy anyone_reads on casework_service_figure for select to chengxin_app using (true);
create policy staff_reads on casework_outcome_figure for select to chengxin_app
    using ((select guard.channel()) in ('body', 'office', 'job') and (select guard.body()) is not null);
create policy oversight_reads on casework_officer_figure for select to chengxin_app
    using ((select guard.channel()) = 'office'
           and ((select guard.has_role('audit_admin')) or (select guard.has_role('case_officer'))));

do $$
declare
    part text;
begin
    foreach part in array array['casework_service_figure', 'casework_outcome_figure', 'casework_officer_figure'] loop
        execute format($policy$
            create policy platform_counts on %1$s for all to chengxin_app
                using ((select guard.channel()) = 'job' and (select guard.has_role('platform')))
                with check ((select guard.channel()) = 'job' and (select guard.has_role('platform')));
        $policy$, part);
    end loop;
end
$$;
