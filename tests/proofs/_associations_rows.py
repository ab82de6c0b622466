"""Rows of associations for one side: a charter, a member who is the citizen, a firm, an act decided and one not."""

from __future__ import annotations

ASSOCIATIONS = """
    insert into associations_association (body, registered_at, registered_by) values (%(body)s, %(now)s, %(officer)s);
    insert into associations_charter (id, association, version, text, adopted_on, filed_at, filed_by)
    values (gen_random_uuid(), %(body)s, 1, 'x', '2026-01-01', %(now)s, %(clerk)s);
    insert into associations_member (id, association, subject_id, number, name, joined_on, filed_by)
    values (gen_random_uuid(), %(body)s, %(own)s, 'M-1', 'person', '2026-01-01', %(clerk)s);
    insert into associations_member (id, association, subject_id, number, name, joined_on, filed_by)
    select gen_random_uuid(), %(body)s, subject_id, 'M-2', 'firm', '2026-01-01', %(clerk)s
      from subjects_operator order by subject_id limit 1;
    insert into associations_act (id, number, association, member_id, subject_id, case_id, kind, charter_id, article,
                                  reasons, proposed_by, decided_by, decided_on)
    select gen_random_uuid(), 'XA-' || %(letter)s || m.number || place, %(body)s, m.id, m.subject_id,
           gen_random_uuid(), 'warning', c.id, 'x', 'x', %(clerk)s,
           case when place = 1 then 'account:head' else '' end, case when place = 1 then date '2026-11-01' end
      from associations_member m, associations_charter c, generate_series(1, 2) as place
     where m.association = %(body)s and c.association = %(body)s;
"""
