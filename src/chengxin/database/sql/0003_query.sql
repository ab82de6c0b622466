-- Whom a query by consent or statute is about: the context names the subject, and this answers only in that channel.
-- It opens nothing by itself: the policies of records ask, beside it, for the live authorisation the context names.
create function guard.queried_id() returns uuid language sql stable parallel restricted
    return case when guard.channel() = 'query' then nullif(guard.context() ->> 'attended_id', '')::uuid end;
revoke all on function guard.queried_id() from public;
grant execute on function guard.queried_id() to chengxin_app;
