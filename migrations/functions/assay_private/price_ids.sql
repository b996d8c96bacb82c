-- Gives each distinct price snapshot its id, storing it when it is new. Texts and ids are aligned.
create or replace function @assay_private@.price_ids(p_prices text[], out texts text[], out ids int[])
language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
declare
  v_wanted text[] := array(select distinct p collate "C" from unnest(p_prices) p where p is not null);
begin
  for attempt in 1 .. 2 loop
    select array_agg(p.content), array_agg(p.id) into texts, ids
    from @assay_private@.price p where p.content = any(v_wanted);
    exit when coalesce(cardinality(ids), 0) = cardinality(v_wanted);
    insert into @assay_private@.price (content) select w from unnest(v_wanted) w order by w on conflict do nothing;
  end loop;
end $$;
