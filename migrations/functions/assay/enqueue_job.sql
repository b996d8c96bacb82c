-- Enqueues one test job: a suite on each of p_models, p_repeats times. Returns the job's id; the job exists when the caller's
-- transaction commits, and workers are woken then.
--
-- p_priority: 0 default, 1 and 2 for paying tiers, 3 for operators; higher is more urgent. p_run_at: not before this time.
-- p_max_cost: dollars the job may spend at most, reservations included; null: no cap. A model of unknown price is refused
-- under a cap. p_sampling: wishes as check_wishes takes them, over the suite's defaults. p_metadata: any JSON
-- object, kept on the job and never sent to a provider: package, version, user, upload and verify flags…
-- p_traceparent: W3C trace context of the request that asks. p_cells_per_share: how much one worker takes at once.
-- Raises ZA001 (an argument), ZA002 (no such suite), ZA003 (sampling), ZA008 (more than 1,000,000 cells).
create or replace function @assay@.enqueue_job(
  p_suite bigint, p_models text[], p_tenant text default 'default', p_queue text default 'default', p_repeats int default 1,
  p_priority int default 0, p_run_at timestamptz default null, p_max_cost numeric default null, p_sampling jsonb default null,
  p_metadata jsonb default null, p_traceparent text default null, p_cells_per_share int default 64)
returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (@assay_private@.enqueue(jsonb_build_array(jsonb_build_object(
    'suite', p_suite, 'models', p_models, 'tenant', p_tenant, 'queue', p_queue, 'repeats', p_repeats, 'priority', p_priority,
    'run_at', p_run_at, 'max_cost', p_max_cost, 'sampling', p_sampling, 'metadata', p_metadata,
    'traceparent', p_traceparent, 'cells_per_share', p_cells_per_share)), ''))[1];
end $$;
comment on function @assay@.enqueue_job(bigint, text[], text, text, int, int, timestamptz, numeric, jsonb, jsonb, text, int) is
  'Enqueues one test job (suite x models x repeats) in the caller''s transaction and returns its id.';
