-- Who decides on a measure reads the public adverse record of an operator it rests on, whichever body filed it.
-- It is for the officer of a body who proposes, decides or serves, and for what is adverse: nothing else is a ground.
create policy decider_reads_public on records_version for select to chengxin_app
    using ((select guard.channel()) = 'intake' and (select guard.purpose()) = 'determination'
           and (select guard.body()) is not null
           and ((select guard.has_role('clerk')) or (select guard.has_role('case_officer'))
                or (select guard.has_role('approver')))
           and nature = 'adverse' and subject_kind <> 'natural_person' and provenance = 'determined'
           and not_public_because = '' and superseded_at is null);
