-- Optional and idempotent. Four roles that nobody logs in as; grant them to the logins of the web app, the workers and readers.
-- Run it again after an upgrade. The owner is whoever migrates.
do $$
declare
  r text;
begin
  foreach r in array array['@assay@_owner', '@assay@_enqueuer', '@assay@_worker', '@assay@_reader'] loop
    if not exists (select from pg_roles where rolname = r) then
      execute format('create role %I nologin', r);
    end if;
  end loop;
end $$;

revoke all on schema @assay@, @assay_worker@, @assay_private@ from public;
revoke all on all functions in schema @assay@, @assay_worker@, @assay_private@ from public;
revoke all on all tables in schema @assay@, @assay_private@ from public;

grant usage on schema @assay@ to @assay@_enqueuer, @assay@_reader, @assay@_owner;
grant execute on all functions in schema @assay@ to @assay@_owner;
grant execute on function
  @assay@.put_suite(jsonb, text), @assay@.put_suite(text, text),
  @assay@.enqueue_job(bigint, text[], text, text, int, int, timestamptz, numeric, jsonb, jsonb, text, int),
  @assay@.enqueue_jobs(jsonb), @assay@.cancel_job(bigint, text), @assay@.retry_job(bigint, text, int[]),
  @assay@.set_priority(bigint, int), @assay@.backlog(text)
  to @assay@_enqueuer;
-- What calls cost is for readers; which models there are is for whoever pays.
grant execute on function @assay@.rerate(date, date, text, jsonb) to @assay@_reader;
grant select on all tables in schema @assay@ to @assay@_reader, @assay@_owner;
-- The views run these as their reader.
grant execute on function @assay_private@.totals_of(date, bigint), @assay_private@.dollars(numeric) to @assay@_reader, @assay@_owner;

grant usage on schema @assay_worker@ to @assay@_worker;
grant execute on all functions in schema @assay_worker@ to @assay@_worker;
