-- Calls, tokens and dollars by day, tenant, job, provider and model: what `assay usage` adds up. Calls whose cost is not known are
-- counted apart, never as 0.
create or replace view @assay@.usage as
select c.job_day as day, c.tenant, c.job_id, c.provider, c.model, count(*) as calls,
       count(*) filter (where r.job_id is not null or s.job_id is not null and s.failure is null) as answers,
       coalesce(sum(coalesce(r.input, s.input)), 0) as input,
       coalesce(sum(coalesce(r.cached_read, s.cached_read)), 0) as cached_read,
       coalesce(sum(coalesce(r.cache_write_5m, s.cache_write_5m)), 0) as cache_write_5m,
       coalesce(sum(coalesce(r.cache_write_1h, s.cache_write_1h)), 0) as cache_write_1h,
       coalesce(sum(coalesce(r.output, s.output)), 0) as output,
       coalesce(sum(coalesce(r.reasoning, s.reasoning)), 0) as reasoning,
       @assay_private@.dollars(coalesce(sum(coalesce(r.cost_nanos, s.cost_nanos)), 0)) as cost,
       count(*) filter (where r.cost_nanos is null and s.cost_nanos is null) as unknown_calls,
       @assay_private@.dollars(coalesce(sum(c.bound_nanos) filter (where r.cost_nanos is null and s.cost_nanos is null), 0))
         as unknown_cost,
       count(*) filter (where r.cost_nanos is null and s.cost_nanos is null and c.bound_nanos is null) as unpriced_calls,
       count(*) filter (where coalesce(r.extras, s.extras) ? 'reported_cost_nanos') as reported_calls,
       @assay_private@.dollars(coalesce(sum((coalesce(r.extras, s.extras) ->> 'reported_cost_nanos')::bigint), 0)) as reported_cost,
       @assay_private@.dollars(coalesce(sum((coalesce(r.extras, s.extras) ->> 'reported_cost_nanos')::bigint
                                            - coalesce(r.cost_nanos, s.cost_nanos)), 0)) as reported_cost_difference
from @assay_private@.call c
left join @assay_private@.result r
  on r.job_day = c.job_day and r.job_id = c.job_id and r.cell = c.cell and r.seq = c.seq
left join @assay_private@.settlement s
  on s.job_day = c.job_day and s.job_id = c.job_id and s.cell = c.cell and s.seq = c.seq
group by c.job_day, c.tenant, c.job_id, c.provider, c.model;
comment on view @assay@.usage is 'Calls, tokens and dollars by day (of the job''s enqueue, UTC), tenant, job, provider and model.';
comment on column @assay@.usage.answers is 'calls that were answered';
comment on column @assay@.usage.cost is 'dollars, known costs only';
comment on column @assay@.usage.unknown_calls is 'calls whose cost is not known: not in cost';
comment on column @assay@.usage.unknown_cost is 'dollars that those may have cost at most, as far as a bound is known';
comment on column @assay@.usage.unpriced_calls is 'those of them with no bound either';
comment on column @assay@.usage.reported_cost is 'dollars that gateways say they charged, for reported_calls calls';
comment on column @assay@.usage.reported_cost_difference is 'dollars: reported, less our own known cost of the same calls';
