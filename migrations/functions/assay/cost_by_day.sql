-- Calls, tokens and dollars by day, tenant, provider and model. The day is the UTC day on which the job was enqueued.
create or replace view @assay@.cost_by_day as
select c.job_day as day, c.tenant, c.provider, c.model, count(*) as calls,
       sum(coalesce(r.input, s.input, 0) + coalesce(r.cached_read, s.cached_read, 0)
           + coalesce(r.cache_write_5m, s.cache_write_5m, 0) + coalesce(r.cache_write_1h, s.cache_write_1h, 0)) as prompt_tokens,
       sum(coalesce(r.output, s.output, 0) + coalesce(r.reasoning, s.reasoning, 0)) as answer_tokens,
       @assay_private@.dollars(coalesce(sum(coalesce(r.cost_nanos, s.cost_nanos)), 0)) as cost,
       @assay_private@.dollars(coalesce(sum(c.bound_nanos) filter (where r.cost_nanos is null and s.cost_nanos is null), 0))
         as unknown_cost,
       count(*) filter (where r.cost_nanos is null and s.cost_nanos is null and c.bound_nanos is null) as unpriced_calls
from @assay_private@.call c
left join @assay_private@.result r
  on r.job_day = c.job_day and r.job_id = c.job_id and r.cell = c.cell and r.seq = c.seq
left join @assay_private@.settlement s
  on s.job_day = c.job_day and s.job_id = c.job_id and s.cell = c.cell and s.seq = c.seq
group by c.job_day, c.tenant, c.provider, c.model;
comment on view @assay@.cost_by_day is 'Calls, tokens and dollars by day (of the job''s enqueue, UTC), tenant, provider and model.';
comment on column @assay@.cost_by_day.unknown_cost is 'dollars, bounds of calls whose cost is not known';
