-- Per officer: proposals of colleagues decided as proposed, and sent back.
select s.actor_body, c.procedure, s.actor_key,
       count(*) filter (where not v.sends_back) as confirmed,
       count(*) filter (where v.sends_back) as sent_back
from casework_step s
join casework_case c on c.id = s.case_id
join unnest(%(procedures)s::text[], %(verbs)s::text[], %(sends_back)s::boolean[]) as v(procedure, verb, sends_back)
  on v.procedure = c.procedure and v.verb = s.verb
where s.is_by_person and s.at >= %(since)s
group by 1, 2, 3
