-- The key service sees of an event only what it goes by, and only of events that open something.
create policy key_service_reads on audit_event for select to chengxin_keys
    using (opens is not null);
