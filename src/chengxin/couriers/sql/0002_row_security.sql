-- The register and the figures are public. The postal authority enters companies; figures are computed by the platform.
select guard.protect('couriers_company');
create policy public_reads on couriers_company for select to chengxin_app using (true);
create policy authority_enters on couriers_company for insert to chengxin_app
    with check (authority = (select guard.body()) and registered_by = (select guard.actor_key())
                and (select guard.channel()) = 'body' and (select guard.purpose()) = 'courier_keeping');
create policy authority_changes on couriers_company for update to chengxin_app
    using (authority = (select guard.body()) and (select guard.channel()) = 'body'
           and (select guard.purpose()) = 'courier_keeping')
    with check (authority = (select guard.body()));

select guard.protect('couriers_branch');
create policy public_reads on couriers_branch for select to chengxin_app using (true);
create policy authority_enters on couriers_branch for insert to chengxin_app
    with check ((select guard.channel()) = 'body' and (select guard.purpose()) = 'courier_keeping'
                and exists (select from couriers_company c
                             where c.id = company_id and c.authority = (select guard.body())));
create policy authority_changes on couriers_branch for update to chengxin_app
    using ((select guard.channel()) = 'body' and (select guard.purpose()) = 'courier_keeping'
           and exists (select from couriers_company c
                        where c.id = company_id and c.authority = (select guard.body())));

select guard.protect('couriers_figure');
create policy public_reads on couriers_figure for select to chengxin_app using (true);
create policy job_computes on couriers_figure for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
                and (select guard.purpose()) = 'courier_keeping'
                and (courier in ('', source)
                     or exists (select from couriers_company c where couriers_figure.courier = any (c.names))));
create policy job_changes on couriers_figure for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'courier_keeping');

select guard.protect('couriers_paper_rate');
create policy public_reads on couriers_paper_rate for select to chengxin_app using (true);
create policy job_computes on couriers_paper_rate for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
                and (select guard.purpose()) = 'courier_keeping');
create policy job_changes on couriers_paper_rate for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'courier_keeping');

-- What is said of a courier is of a company in the register; a name that none has could be a person's and gets no score.
drop policy job_settles on reviews_voice;
create policy job_settles on reviews_voice for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
                and (select guard.purpose()) = 'market_filing'
                and exists (select from couriers_company c where reviews_voice.courier = any (c.names)));
