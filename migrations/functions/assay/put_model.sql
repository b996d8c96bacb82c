-- Adds a model, or replaces the one of that name, while workers run: they know it within about a second, and before they give up
-- on its name. It comes before a model of the same name in a worker's configuration.
--
-- p_provider: one that the workers' configuration has. p_model: the name that travels; null: p_name. p_prices: dollars,
-- {"unit": "per_million" | "per_thousand" | "per_token", "input", "output", "cached_read"?, "cache_write_5m"?, "cache_write_1h"?,
-- "reasoning"?}; null: no price is known. p_mode: chat or embedding. p_tasks: what it is good for. p_lifecycle: current, deprecated
-- or retired.
-- Raises ZA001.
create or replace function @assay@.put_model(
  p_name text, p_provider text, p_model text default null, p_prices jsonb default null, p_context_tokens bigint default null,
  p_max_output_tokens bigint default null, p_tasks text[] default '{}', p_lifecycle text default 'current', p_mode text default 'chat')
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_rates jsonb := @assay_private@.nano_rates(p_prices, 'p_prices');
  v_model text := coalesce(nullif(p_model, ''), p_name);
  v_other text;
begin
  if p_name is null or p_name !~ '^[!-~]{1,200}$' then
    perform @assay_private@.refuse('ZA001', 'p_name', 'must be 1 to 200 visible ASCII characters without spaces', null);
  elsif p_provider is null or p_provider !~ '^[a-z0-9][a-z0-9_-]{0,63}$' then
    perform @assay_private@.refuse('ZA001', 'p_provider', 'must be the name of a provider', 'As in a worker''s configuration: openai, my_gateway.');
  elsif v_model !~ '^[!-~]{1,200}$' then
    perform @assay_private@.refuse('ZA001', 'p_model', 'must be 1 to 200 visible ASCII characters without spaces', null);
  elsif coalesce(p_context_tokens, 1) not between 1 and 1000000000 then
    perform @assay_private@.refuse('ZA001', 'p_context_tokens', 'must be a number of tokens', null);
  elsif coalesce(p_max_output_tokens, 1) not between 1 and 1000000000 then
    perform @assay_private@.refuse('ZA001', 'p_max_output_tokens', 'must be a number of tokens', null);
  elsif p_lifecycle is null or p_lifecycle not in ('current', 'deprecated', 'retired') then
    perform @assay_private@.refuse('ZA001', 'p_lifecycle', format('unknown word %L', left(p_lifecycle, 60)), 'Use current, deprecated or retired.');
  elsif p_mode is null or p_mode not in ('chat', 'embedding') then
    perform @assay_private@.refuse('ZA001', 'p_mode', format('unknown word %L', left(p_mode, 60)), 'Use chat or embedding.');
  elsif cardinality(p_tasks) > 32 or exists (select from unnest(p_tasks) t where t is null or t !~ '^[!-~]{1,64}$') then
    perform @assay_private@.refuse('ZA001', 'p_tasks', 'must be at most 32 words', null);
  end if;
  select name into v_other from @assay_private@.model
  where provider = p_provider and model = v_model and rates is not null and name <> p_name;
  if found and v_rates is not null then
    perform @assay_private@.refuse('ZA001', 'p_prices', format('%s/%s has a price already, under the name %s', p_provider, v_model, v_other),
      'State it once: leave the price out here, or drop that name.');
  end if;

  insert into @assay_private@.model (name, provider, model, mode, rates, context_tokens, max_output_tokens, tasks, lifecycle)
  values (p_name, p_provider, v_model, p_mode, v_rates, p_context_tokens, p_max_output_tokens, coalesce(p_tasks, '{}'), p_lifecycle)
  on conflict (name) do update
  set provider = excluded.provider, model = excluded.model, mode = excluded.mode, rates = excluded.rates,
      context_tokens = excluded.context_tokens, max_output_tokens = excluded.max_output_tokens, tasks = excluded.tasks,
      lifecycle = excluded.lifecycle, changed_at = now();
  perform @assay_private@.bump_control();
end $$;
comment on function @assay@.put_model(text, text, text, jsonb, bigint, bigint, text[], text, text) is
  'Adds or replaces a model while workers run: where its calls go, and what it costs.';
