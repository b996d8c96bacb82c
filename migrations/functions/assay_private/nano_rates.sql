-- Prices as a person states them, {"unit": "per_million", "input": 3, "output": "15.00", …} in dollars, as nano-dollars per million
-- tokens. Null stays null. Refuses (ZA001) what is no price: there is no default unit, and a price names input and output.
create or replace function @assay_private@.nano_rates(p_prices jsonb, p_where text) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  k text;
  v jsonb;
  v_factor numeric;
  v_rates jsonb := '{}';
  v_nanos numeric;
begin
  if p_prices is null or jsonb_typeof(p_prices) = 'null' then
    return null;
  elsif jsonb_typeof(p_prices) <> 'object' then
    perform @assay_private@.refuse('ZA001', p_where, 'must be an object', 'Write {"unit": "per_million", "input": 3, "output": 15}.');
  end if;
  perform @assay_private@.check_keys(p_prices, p_where,
    array['unit', 'input', 'cached_read', 'cache_write_5m', 'cache_write_1h', 'output', 'reasoning']);
  v_factor := case p_prices ->> 'unit' when 'per_million' then 1 when 'per_thousand' then 1000 when 'per_token' then 1000000 end;
  if v_factor is null then
    perform @assay_private@.refuse('ZA001', p_where || '.unit', 'must say how many tokens the dollars are for',
      'Use per_token, per_thousand or per_million.');
  end if;
  for k, v in select * from jsonb_each(p_prices - 'unit') where jsonb_typeof(value) <> 'null' loop
    v_nanos := case when jsonb_typeof(v) = 'number' or jsonb_typeof(v) = 'string' and v #>> '{}' ~ '^[0-9]{1,12}(\.[0-9]{1,18})?$'
                 then round((v #>> '{}')::numeric * v_factor * 1000000000) end;
    if v_nanos is null or v_nanos not between 0 and 1000000000000000 then
      perform @assay_private@.refuse('ZA001', p_where || '.' || k, 'must be dollars, at most a million for a million tokens', null);
    end if;
    v_rates := v_rates || jsonb_build_object(k, v_nanos::bigint);
  end loop;
  if not v_rates ?& array['input', 'output'] then
    perform @assay_private@.refuse('ZA001', p_where, 'must state input and output', 'What is free costs 0.');
  end if;
  return v_rates;
end $$;
