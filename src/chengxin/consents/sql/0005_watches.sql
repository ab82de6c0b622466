-- A watch by consent rests when the consents of its person do: the platform meets a freeze there, and nowhere else.
create policy watch_meets on consents_freeze for select to chengxin_app
    using ((select guard.channel()) = 'job' and (select guard.has_role('platform'))
           and (select guard.purpose()) = 'list_watching' and lifted_at is null);
