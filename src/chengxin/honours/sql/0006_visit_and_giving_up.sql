-- As before, and a nominee does not say that its own place was visited either. What the nominee gave up (closed_at beside
-- a record) is nobody's to open again.
create or replace function honours_keep_answer() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
    is_nominee boolean := coalesce(new.subject_id = guard.subject_id() and guard.channel() = 'self', false);
begin
    if new.answer <> old.answer and not is_nominee then
        raise exception 'Only the nominee answers.' using errcode = 'insufficient_privilege';
    end if;
    if old.closed_at is not null and new.closed_at is distinct from old.closed_at then
        raise exception 'What has ended stays ended.' using errcode = 'insufficient_privilege';
    end if;
    if new.record_id is not null and old.closed_at is null and new.closed_at is not null and not is_nominee then
        raise exception 'Only the nominee gives an honour up.' using errcode = 'insufficient_privilege';
    end if;
    if is_nominee and (new.checked_on is distinct from old.checked_on or new.obstacles <> old.obstacles
        or new.visited_on is distinct from old.visited_on or new.visited_by <> old.visited_by
        or new.notice_from is distinct from old.notice_from or new.awarded_on is distinct from old.awarded_on
        or new.reviewed_on is distinct from old.reviewed_on or new.withdrawn_at is distinct from old.withdrawn_at
        or new.shown_name not in ('', old.shown_name) or new.shown_story not in ('', old.shown_story)) then
        raise exception 'A nominee answers and nothing else.' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

-- Who gave an honour up withdraws its record in that moment, and no other record (ADR 0138).
create policy honoured_gives_up on records_mark for insert to chengxin_app
    with check (kind = 'withdrawn' and body = '' and actor_key = (select guard.actor_key())
                and subject_id = (select guard.subject_id()) and (select guard.channel()) = 'self'
                and (select guard.purpose()) = 'honour'
                and exists (select from honours_nomination n where n.record_id = records_mark.record_id
                            and n.subject_id = records_mark.subject_id and n.closed_at is not null));
