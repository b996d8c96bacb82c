-- Enqueues many test jobs in one statement. p_jobs: a JSON list of objects with the members of enqueue_job's arguments without
-- their p_: {"suite": id, "models": […], "tenant"?, "queue"?, "repeats"?, "priority"?, "run_at"?, "max_cost"?, "sampling"?,
-- "metadata"?, "traceparent"?, "cells_per_share"?}. Returns the ids in the order given. All or nothing; an error names the
-- place (p_jobs[17].models). At most 100,000 a call.
create or replace function @assay@.enqueue_jobs(p_jobs jsonb) returns bigint[]
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  d record;
begin
  if jsonb_typeof(p_jobs) is distinct from 'array' or jsonb_array_length(p_jobs) > 100000 then
    perform @assay_private@.refuse('ZA001', 'p_jobs', 'must be a list of at most 100000 jobs', null);
  end if;
  for d in
    select o.e, o.place - 1 as place from jsonb_array_elements(p_jobs) with ordinality o(e, place)
    where jsonb_typeof(o.e) <> 'object'
       or o.e - '{suite,models,tenant,queue,repeats,priority,run_at,max_cost,sampling,metadata,traceparent,cells_per_share}'::text[]
          <> '{}'
    order by o.place limit 1
  loop
    if jsonb_typeof(d.e) <> 'object' then
      perform @assay_private@.refuse('ZA001', format('p_jobs[%s]', d.place), 'must be an object', null);
    end if;
    perform @assay_private@.check_keys(d.e, format('p_jobs[%s]', d.place),
      '{suite,models,tenant,queue,repeats,priority,run_at,max_cost,sampling,metadata,traceparent,cells_per_share}');
  end loop;
  return @assay_private@.enqueue(p_jobs, 'p_jobs');
end $$;
comment on function @assay@.enqueue_jobs(jsonb) is 'Enqueues a list of test jobs at once and returns their ids in order.';
