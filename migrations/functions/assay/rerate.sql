-- What answered calls would have cost under other prices, from their stored token classes, beside what was booked. Reads only: the
-- ledger keeps what it has.
--
-- p_from, p_to: days of the jobs' enqueue, both inclusive; null: unbounded. p_model: the name that travelled; null: any.
-- p_prices: a list of {"day", "provider", "model", "price": a snapshot as in calls.price}; null: each call's own snapshot, which
-- must give what was booked. Failed calls stay as they were booked.
create or replace function @assay@.rerate(
  p_from date default null, p_to date default null, p_model text default null, p_prices jsonb default null)
returns table (
  day date, provider text, model text, calls bigint, rated_calls bigint, unrated_calls bigint, failed_calls bigint, booked numeric,
  rerated numeric, difference numeric, newly_rated_calls bigint, newly_rated numeric)
language sql stable security definer set search_path = pg_catalog, pg_temp set jit = off as $$
with
  prices as materialized (
    select (e ->> 'day')::date as day, e ->> 'provider' as provider, e ->> 'model' as model, e -> 'price' as price
    from jsonb_array_elements(coalesce(p_prices, '[]')) e),
  ended as (
    select c.job_day, c.provider, c.model, coalesce(r.cost_nanos, s.cost_nanos) as booked, s.failure is not null as failed,
           case when s.failure is null then @assay_private@.rate(
             case when p_prices is null then o.content::jsonb else p.price end,
             coalesce(r.input, s.input), coalesce(r.cached_read, s.cached_read), coalesce(r.cache_write_5m, s.cache_write_5m),
             coalesce(r.cache_write_1h, s.cache_write_1h), coalesce(r.output, s.output), coalesce(r.reasoning, s.reasoning),
             coalesce(r.usage_source, s.usage_source), coalesce(r.service_tier, s.extras ->> 'service_tier')) end as rated
    from @assay_private@.call c
    left join @assay_private@.result r
      on r.job_day = c.job_day and r.job_id = c.job_id and r.cell = c.cell and r.seq = c.seq
    left join @assay_private@.settlement s
      on s.job_day = c.job_day and s.job_id = c.job_id and s.cell = c.cell and s.seq = c.seq
    left join @assay_private@.price o on o.id = c.price_id and p_prices is null
    left join prices p on p.day = c.job_day and p.provider = c.provider and p.model = c.model
    where (p_from is null or c.job_day >= p_from) and (p_to is null or c.job_day <= p_to) and (p_model is null or c.model = p_model)
      and (r.job_id is not null or s.job_id is not null))
select e.job_day, e.provider, e.model, count(*), count(*) filter (where e.rated is not null and e.booked is not null),
       count(*) filter (where e.rated is null and not e.failed), count(*) filter (where e.failed),
       @assay_private@.dollars(coalesce(sum(e.booked) filter (where e.rated is not null), 0)),
       @assay_private@.dollars(coalesce(sum(e.rated) filter (where e.booked is not null), 0)),
       @assay_private@.dollars(coalesce(sum(e.rated - e.booked), 0)),
       count(*) filter (where e.rated is not null and e.booked is null),
       @assay_private@.dollars(coalesce(sum(e.rated) filter (where e.booked is null), 0))
from ended e group by e.job_day, e.provider, e.model order by e.job_day, e.provider, e.model
$$;
comment on function @assay@.rerate(date, date, text, jsonb) is
  'What answered calls would have cost under other prices, from their stored token classes; changes nothing.';
