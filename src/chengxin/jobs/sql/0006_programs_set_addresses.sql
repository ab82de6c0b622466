-- Only programs are called out, so only a program sets an address. A constraint on the recipient's name said so alone.
alter policy client_sets on jobs_webhook
    with check (recipient = (select guard.actor_key()) and (select guard.has_role('client')));
alter policy client_changes on jobs_webhook
    using (recipient = (select guard.actor_key()) and (select guard.has_role('client')))
    with check (recipient = (select guard.actor_key()) and (select guard.has_role('client')));
