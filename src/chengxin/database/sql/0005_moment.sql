-- The moment of the act, signed with the context. A period that ends at 00:00 of a legal day is asked against it, not
-- against the server's clock, so it ends at the same moment in Python and in policies, in a replay of the past too.
create function guard.moment() returns timestamptz language sql stable parallel restricted
    return to_timestamp((guard.context() ->> 'at')::double precision);
create function guard.legal_day() returns date language sql stable parallel restricted
    return (guard.moment() at time zone 'Asia/Shanghai')::date;
revoke all on function guard.moment() from public;
revoke all on function guard.legal_day() from public;
grant execute on function guard.moment() to chengxin_app;
grant execute on function guard.legal_day() to chengxin_app;
