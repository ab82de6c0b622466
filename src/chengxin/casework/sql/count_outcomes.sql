-- How like cases ended, per body: alike are those whose named facts agree.
select concat_ws('|', variadic array(
           select coalesce(c.facts ->> f.name, '') from unnest(%(alike)s::text[]) with ordinality as f(name, place)
           order by f.place)) as alike,
       c.body, c.state, count(*)
from casework_case c
where c.procedure = %(procedure)s and c.is_closed and c.closed_at >= %(since)s
  and not exists (
      select from unnest(%(gives_up_of)s::text[], %(gives_up_states)s::text[]) as g(procedure, state)
      where g.procedure = c.procedure and g.state = c.state)
group by 1, 2, 3
