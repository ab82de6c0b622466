-- The checks of several policies are joined by OR: one that names nobody lets whoever passed another policy's USING by.
-- So each check says again whose row it is: a holder cannot take a consent back, a subject cannot count its uses.
alter policy subject_takes_back on consents_authorisation
    with check (revoked_at is not null and subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self');
alter policy holder_uses on consents_authorisation
    with check (revoked_at is null and body = (select guard.body()) and subject_id = (select guard.queried_id()));
