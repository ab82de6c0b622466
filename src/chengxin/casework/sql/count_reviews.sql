-- Reviews that ended since, counted for the body whose decision was reviewed, and how many set it aside.
select c.facts ->> 'reviewed_body', r.reviewed, count(*),
       count(*) filter (where exists (
           select from unnest(%(overturns_of)s::text[], %(overturns_states)s::text[]) as o(procedure, state)
           where o.procedure = c.procedure and o.state = c.state))
from casework_case c
join unnest(%(reviews)s::text[], %(reviewed)s::text[]) as r(procedure, reviewed) on r.procedure = c.procedure
where c.is_closed and c.closed_at >= %(since)s and c.facts ? 'reviewed_body'
group by 1, 2
