-- Sums of payments are for who supervises payment; they are computed by the platform, of registered institutions alone.
select guard.protect('couriers_flow');
create policy watcher_reads on couriers_flow for select to chengxin_app
    using ((select guard.channel()) = 'body' and (select guard.purpose()) = 'courier_keeping');
create policy job_reads on couriers_flow for select to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'courier_keeping');
create policy job_computes on couriers_flow for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
                and (select guard.purpose()) = 'courier_keeping'
                and (channel = '' or exists (select from couriers_company c
                                              where c.kind = 'payment' and couriers_flow.channel = any (c.names))));
create policy job_changes on couriers_flow for update to chengxin_app
    using ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
           and (select guard.purpose()) = 'courier_keeping');

-- What carries parcels is told by couriers alone, now that the register has other classes too.
drop policy job_computes on couriers_figure;
create policy job_computes on couriers_figure for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
                and (select guard.purpose()) = 'courier_keeping'
                and (courier in ('', source)
                     or exists (select from couriers_company c
                                 where c.kind = 'courier' and couriers_figure.courier = any (c.names))));
drop policy job_settles on reviews_voice;
create policy job_settles on reviews_voice for insert to chengxin_app
    with check ((select guard.has_role('platform')) and (select guard.channel()) = 'job'
                and (select guard.purpose()) = 'market_filing'
                and exists (select from couriers_company c
                             where c.kind = 'courier' and reviews_voice.courier = any (c.names)));
