-- Legal days on which decided cases were opened and closed; working days between them are counted by the law package.
select c.body, c.procedure, (c.opened_at at time zone 'Asia/Shanghai')::date as opened_on,
       (c.closed_at at time zone 'Asia/Shanghai')::date as closed_on, count(*)
from casework_case c
where c.procedure = any(%(procedures)s::text[]) and c.is_closed and c.closed_at >= %(since)s
  and not exists (
      select from unnest(%(gives_up_of)s::text[], %(gives_up_states)s::text[]) as g(procedure, state)
      where g.procedure = c.procedure and g.state = c.state)
group by 1, 2, 3, 4
