-- Per body and procedure: opened since, decided since, of those in time, and open past the last day.
select c.body, c.procedure,
       count(*) filter (where c.opened_at >= %(since)s) as received,
       count(*) filter (where d.is_decided) as decided,
       count(*) filter (where d.is_decided and (c.closed_due_on is null
           or (c.closed_at at time zone 'Asia/Shanghai')::date <= c.closed_due_on)) as on_time,
       count(*) filter (where not c.is_closed and c.due_on < %(today)s) as overdue
from casework_case c
cross join lateral (
    select c.is_closed and c.closed_at >= %(since)s and not exists (
        select from unnest(%(gives_up_of)s::text[], %(gives_up_states)s::text[]) as g(procedure, state)
        where g.procedure = c.procedure and g.state = c.state) as is_decided
) d
where c.procedure = any(%(procedures)s::text[]) and (c.opened_at >= %(since)s or c.closed_at >= %(since)s or not c.is_closed)
group by c.body, c.procedure
