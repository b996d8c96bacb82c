-- The models that people keep here, as JSON text: a list by name of {"name", "provider", "model", "mode", "rates" (nano-dollars per
-- million tokens, absent: no price), "context_tokens", "max_output_tokens", "tasks", "lifecycle"}.
create or replace function @assay_worker@.models_v1() returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
      'name', m.name, 'provider', m.provider, 'model', m.model, 'mode', m.mode, 'rates', m.rates, 'context_tokens', m.context_tokens,
      'max_output_tokens', m.max_output_tokens, 'tasks', m.tasks, 'lifecycle', m.lifecycle)) order by m.name), '[]')::text
    from @assay_private@.model m);
end $$;
