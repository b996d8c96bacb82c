-- Refuses an order for a job that cannot be taken. p_where is '' for enqueue_job (arguments are then named p_…), else the
-- place in the list, e.g. p_jobs[17]. Returns the number of cells.
create or replace function @assay_private@.check_order(p_order jsonb, p_where text) returns int
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  w text := case when p_where = '' then 'p_' else p_where || '.' end;
  s record;
  v_cells numeric;
  v_number numeric;
  k text;
  v_bad int;
begin
  foreach k in array array['suite', 'repeats', 'priority', 'cells_per_share', 'max_cost'] loop
    if coalesce(jsonb_typeof(p_order -> k), 'null') not in ('null', 'number') then
      perform @assay_private@.refuse('ZA001', w || k, 'must be a number', null);
    end if;
  end loop;
  select id, tenant, cases into s from @assay_private@.suite where id = (p_order ->> 'suite')::numeric;
  if not found then
    perform @assay_private@.refuse('ZA002', w || 'suite', format('there is no suite %s', p_order ->> 'suite'), 'put_suite returns the id.');
  end if;
  perform @assay_private@.check_name(coalesce(p_order ->> 'tenant', 'default'), w || 'tenant');
  if s.tenant <> coalesce(p_order ->> 'tenant', 'default') then
    perform @assay_private@.refuse('ZA002', w || 'suite', format('tenant %s has no suite %s', coalesce(p_order ->> 'tenant', 'default'), s.id),
      'Store the suite under the same tenant.');
  end if;
  perform @assay_private@.check_name(coalesce(p_order ->> 'queue', 'default'), w || 'queue');

  if jsonb_typeof(p_order -> 'models') is distinct from 'array' or jsonb_array_length(p_order -> 'models') not between 1 and 100 then
    perform @assay_private@.refuse('ZA001', w || 'models', 'must name 1 to 100 models', null);
  end if;
  select (place - 1)::int into v_bad from jsonb_array_elements(p_order -> 'models') with ordinality m(model, place)
  where jsonb_typeof(model) <> 'string' or model #>> '{}' !~ '^[!-~]{1,200}$' order by place limit 1;
  if found then
    perform @assay_private@.refuse('ZA001', format('%smodels[%s]', w, v_bad),
      'must be 1 to 200 visible ASCII characters without spaces', 'Write provider/model.');
  end if;
  if (select count(distinct model) from jsonb_array_elements(p_order -> 'models') model) < jsonb_array_length(p_order -> 'models') then
    perform @assay_private@.refuse('ZA001', w || 'models', 'names a model twice', 'Use repeats to ask a model several times.');
  end if;

  v_number := coalesce((p_order ->> 'repeats')::numeric, 1);
  if v_number not between 1 and 10000 or v_number % 1 <> 0 then
    perform @assay_private@.refuse('ZA001', w || 'repeats', 'must be a whole number from 1 to 10000', null);
  end if;
  v_cells := v_number * s.cases * jsonb_array_length(p_order -> 'models');
  if p_order ? 'only_cells' then
    v_cells := jsonb_array_length(p_order -> 'only_cells');
  end if;
  if v_cells > 1000000 then
    perform @assay_private@.refuse('ZA008', w || 'repeats', format('%s cells in one job', v_cells),
      'A job has at most 1000000 cells (test cases x models x repeats): split it.');
  end if;
  v_number := coalesce((p_order ->> 'priority')::numeric, 0);
  if v_number not in (0, 1, 2, 3) then
    perform @assay_private@.refuse('ZA001', w || 'priority', 'must be 0, 1, 2 or 3', 'Higher is more urgent.');
  end if;
  v_number := coalesce((p_order ->> 'cells_per_share')::numeric, 64);
  if v_number not between 1 and 10000 or v_number % 1 <> 0 then
    perform @assay_private@.refuse('ZA001', w || 'cells_per_share', 'must be a whole number from 1 to 10000', null);
  end if;
  v_number := coalesce((p_order ->> 'max_cost')::numeric, 0);
  if v_number not between 0 and 1000000 or v_number <> round(v_number, 9) then
    perform @assay_private@.refuse('ZA001', w || 'max_cost', 'must be dollars from 0 to 1000000 with at most 9 decimals', null);
  end if;
  if jsonb_typeof(p_order -> 'sampling') <> 'null' then
    perform @assay_private@.check_job_wishes(p_order -> 'sampling', w || 'sampling', s.id);
  end if;
  if p_order ->> 'run_at' is not null then
    begin
      perform (p_order ->> 'run_at')::timestamptz;
    exception when others then
      perform @assay_private@.refuse('ZA001', w || 'run_at', 'is not a time', 'Write ISO 8601 with a zone: 2026-01-31T12:00:00Z.');
    end;
  end if;
  return v_cells;
end $$;
