-- The signed context of a transaction (trust 5.1): who acts, for which body or subject, for what purpose.
-- Python writes it with an HMAC-SHA256; policies read it only through these functions, which believe nothing unsigned.
create schema guard;
comment on schema guard is 'The signed row-security context';

create table guard.signing_key (
    slot text primary key check (slot in ('current', 'previous')),
    inner_block bytea not null check (octet_length(inner_block) = 64),
    outer_block bytea not null check (octet_length(outer_block) = 64)
);
comment on table guard.signing_key is 'Keys of the context signature; only the owner and the functions below read them';
comment on column guard.signing_key.slot is 'The key in use, or the one before it during a change of keys';
comment on column guard.signing_key.inner_block is 'Key XOR ipad, 64 bytes (RFC 2104)';
comment on column guard.signing_key.outer_block is 'Key XOR opad, 64 bytes (RFC 2104)';

-- PostgreSQL has sha256() but, without an extension, no HMAC: H(K ^ opad || H(K ^ ipad || message)).
-- RESTRICTED: a parallel worker has another process id, so the leader evaluates it once.
create function guard.context() returns jsonb
    language plpgsql stable parallel restricted security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    message text := current_setting('guard.context', true);
    signature text := current_setting('guard.signature', true);
    claims jsonb;
begin
    if message is null or message = '' or signature is null then
        return null;
    end if;
    if not exists (
        select from guard.signing_key k
        where encode(sha256(k.outer_block || sha256(k.inner_block || convert_to(message, 'UTF8'))), 'hex') = signature
    ) then
        return null;
    end if;
    claims := message::jsonb;
    -- Written so that a claim that is missing, hence NULL, opens nothing.
    if (claims ->> 'pid')::integer = pg_backend_pid()
        and to_timestamp((claims ->> 'expires')::double precision) > statement_timestamp()
    then
        return claims;
    end if;
    return null;
end
$$;

create function guard.actor_key() returns text language sql stable parallel restricted
    return guard.context() ->> 'actor_key';
create function guard.body() returns text language sql stable parallel restricted
    return nullif(guard.context() ->> 'body', '');
create function guard.subject_id() returns uuid language sql stable parallel restricted
    return nullif(guard.context() ->> 'subject_id', '')::uuid;
create function guard.purpose() returns text language sql stable parallel restricted
    return nullif(guard.context() ->> 'purpose', '');
create function guard.channel() returns text language sql stable parallel restricted
    return guard.context() ->> 'channel';
create function guard.case_ref() returns text language sql stable parallel restricted
    return nullif(guard.context() ->> 'case_ref', '');
create function guard.has_role(role text) returns boolean language sql stable parallel restricted
    return coalesce(guard.context() -> 'roles' ? role, false);

-- A table under the guard shows nobody a row, its owner neither, until a policy says so.
create function guard.protect(protected regclass) returns void
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    execute format('alter table %s enable row level security', protected);
    execute format('alter table %s force row level security', protected);
    execute format('revoke all on %s from public', protected);
end
$$;

revoke all on guard.signing_key from public;
revoke all on all functions in schema guard from public;
grant usage on schema guard to chengxin_app;
grant execute on all functions in schema guard to chengxin_app;
revoke execute on function guard.protect(regclass) from chengxin_app;
