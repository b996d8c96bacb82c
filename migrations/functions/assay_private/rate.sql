-- What a call costs in nano-dollars under a price snapshot, exactly as pricing::rate says it: disjoint classes times rates, rounded
-- half up once. The rates of the highest context tier whose bound the whole prompt exceeds replace the list's; when none is
-- exceeded, those of the service tier. Null: no price, nobody counted, or the sum is beyond what money holds.
create or replace function @assay_private@.rate(
  p_price jsonb, p_input bigint, p_cached_read bigint, p_cache_write_5m bigint, p_cache_write_1h bigint, p_output bigint,
  p_reasoning bigint, p_source @assay_private@.usage_source, p_service_tier text)
returns bigint
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  v_prompt numeric := coalesce(p_input, 0)::numeric + coalesce(p_cached_read, 0) + coalesce(p_cache_write_5m, 0)
                      + coalesce(p_cache_write_1h, 0);
  v_rates jsonb := p_price -> 'rates';
  v_tier jsonb;
  v_input numeric;
  v_output numeric;
  v_write numeric;
  v_nanos numeric;
begin
  if v_rates is null or p_source = 'none' or coalesce(p_input, p_cached_read, p_cache_write_5m, p_cache_write_1h) is null
     or coalesce(p_output, p_reasoning) is null
     or least(p_input, p_cached_read, p_cache_write_5m, p_cache_write_1h, p_output, p_reasoning) < 0
     or greatest(p_input, p_cached_read, p_cache_write_5m, p_cache_write_1h, p_output, p_reasoning) > 1000000000000000 then
    return null;
  end if;
  select t -> 'rates' into v_tier from jsonb_array_elements(coalesce(p_price -> 'context_tiers', '[]')) with ordinality e(t, place)
  where v_prompt > (t ->> 'above')::numeric order by (t ->> 'above')::numeric desc, place limit 1;
  v_rates := v_rates || coalesce(v_tier, p_price -> 'service_tiers' -> p_service_tier, '{}');
  v_input := coalesce((v_rates ->> 'input')::numeric, 0);
  v_output := coalesce((v_rates ->> 'output')::numeric, 0);
  v_write := coalesce((v_rates ->> 'cache_write_5m')::numeric, v_input);
  v_nanos := div(
    coalesce(p_input, 0) * v_input + coalesce(p_cached_read, 0) * coalesce((v_rates ->> 'cached_read')::numeric, v_input)
    + coalesce(p_cache_write_5m, 0) * v_write + coalesce(p_cache_write_1h, 0) * coalesce((v_rates ->> 'cache_write_1h')::numeric, v_write)
    + coalesce(p_output, 0) * v_output + coalesce(p_reasoning, 0) * coalesce((v_rates ->> 'reasoning')::numeric, v_output)
    + 500000, 1000000);
  return case when v_nanos <= 9223372036854775807 then v_nanos end;
end $$;
