-- Takes a list of orders at once: checks each distinct one, then writes jobs, shares and meters in three statements.
-- Returns the jobs' ids in the order given. Notifies at most once.
create or replace function @assay_private@.enqueue(p_orders jsonb, p_where text) returns bigint[]
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_day date := (now() at time zone 'utc')::date;
  v_ids bigint[];
  v_ready boolean;
  d record;
begin
  -- Metadata and trace context differ in every order; the rest is checked once per distinct content.
  for d in
    select o.e - '{metadata,traceparent}'::text[] as e, min(o.place) - 1 as place
    from jsonb_array_elements(p_orders) with ordinality o(e, place)
    group by o.e - '{metadata,traceparent}'::text[] order by 2
  loop
    perform @assay_private@.check_order(d.e, case when p_where = '' then '' else format('%s[%s]', p_where, d.place) end);
  end loop;
  select o.place - 1 as place,
         case when coalesce(jsonb_typeof(o.e -> 'metadata'), 'null') not in ('null', 'object') then 'metadata must be an object'
              when octet_length((o.e -> 'metadata')::text) > 65536 then 'metadata is larger than 64 KiB'
              when o.e ->> 'traceparent' is not null then 'traceparent is not a W3C trace context' end as why
  into d
  from jsonb_array_elements(p_orders) with ordinality o(e, place)
  where coalesce(jsonb_typeof(o.e -> 'metadata'), 'null') not in ('null', 'object')
     or octet_length((o.e -> 'metadata')::text) > 65536
     or o.e ->> 'traceparent' !~ '^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$'
  order by o.place limit 1;
  if found then
    perform @assay_private@.refuse('ZA001', case when p_where = '' then 'p_' || split_part(d.why, ' ', 1)
                                                 else format('%s[%s].%s', p_where, d.place, split_part(d.why, ' ', 1)) end,
                                   substr(d.why, position(' ' in d.why) + 1), null);
  end if;

  insert into @assay_private@.queue (name)
  select distinct coalesce(o.e ->> 'queue', 'default') from jsonb_array_elements(p_orders) o(e)
  where not exists (select from @assay_private@.queue q where q.name = coalesce(o.e ->> 'queue', 'default'))
  order by 1
  on conflict do nothing;

  with o as materialized (
    select nextval('@assay_private@.job_id') as id, k.*
    from (
      select e.place, (e.o ->> 'suite')::bigint as suite, coalesce(e.o ->> 'tenant', 'default') as tenant,
             coalesce(e.o ->> 'queue', 'default') as queue,
             array(select jsonb_array_elements_text(e.o -> 'models')) as models,
             coalesce((e.o ->> 'repeats')::int, 1) as repeats, coalesce((e.o ->> 'priority')::smallint, 0::smallint) as priority,
             coalesce((e.o ->> 'run_at')::timestamptz, now()) as run_at,
             ((e.o ->> 'max_cost')::numeric * 1000000000)::bigint as max_cost,
             nullif(e.o -> 'sampling', 'null') as sampling, nullif(e.o -> 'metadata', 'null') as metadata,
             e.o ->> 'traceparent' as traceparent, coalesce((e.o ->> 'cells_per_share')::int, 64) as share_cells,
             case when e.o ? 'only_cells' then array(select jsonb_array_elements_text(e.o -> 'only_cells')::int) end as only_cells,
             (e.o ->> 'retry_of')::bigint as retry_of
      from jsonb_array_elements(p_orders) with ordinality e(o, place) order by e.place offset 0) k),
  j as (
    insert into @assay_private@.job (
      id, suite_id, max_cost_nanos, retry_of, day, cases, repeats, cells, share_cells, priority, tenant, queue, models,
      only_cells, sampling, metadata, traceparent)
    select o.id, o.suite, o.max_cost, o.retry_of, v_day, s.cases, o.repeats,
           coalesce(cardinality(o.only_cells), s.cases * cardinality(o.models) * o.repeats), o.share_cells, o.priority, o.tenant,
           o.queue, o.models, o.only_cells, o.sampling, o.metadata, o.traceparent
    from o join @assay_private@.suite s on s.id = o.suite
    returning id, cells),
  w as materialized (
    select o.*, j.cells, (j.cells + o.share_cells - 1) / o.share_cells as shares from o join j on j.id = o.id),
  s as (
    insert into @assay_private@.share (
      id, job_id, job_day, run_at, first_cell, cell_count, priority, state, capped, solo, tenant, queue)
    select (w.id << 20) + n, w.id, v_day, w.run_at, n * w.share_cells, least(w.share_cells, w.cells - n * w.share_cells),
           w.priority, (case when w.run_at > now() then 'scheduled' else 'ready' end)::@assay_private@.share_state,
           w.max_cost is not null, w.shares = 1, w.tenant, w.queue
    from w cross join lateral generate_series(0, w.shares - 1) n),
  m as (
    insert into @assay_private@.job_meter (job_id, max_cost_nanos, open_shares, tenant)
    select w.id, w.max_cost, w.shares, w.tenant from w where w.shares > 1 or w.max_cost is not null)
  select array_agg(w.id order by w.place), bool_or(w.run_at <= now()) into v_ids, v_ready from w;

  if v_ready then
    perform pg_notify('@assay@_wake', '');
  end if;
  return coalesce(v_ids, '{}');
end $$;
