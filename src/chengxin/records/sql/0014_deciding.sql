-- Who decides on a measure reads the public record of an operator it rests on, whichever body filed it.
create policy decider_reads_public on records_version for select to chengxin_app
    using ((select guard.channel()) = 'intake' and (select guard.purpose()) = 'determination'
           and subject_kind <> 'natural_person' and provenance = 'determined' and not_public_because = ''
           and superseded_at is null);
