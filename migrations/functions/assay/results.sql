-- One row per finished cell: the verdict, the answer, and what it cost.
create or replace view @assay@.results as
select r.job_id, r.cell, r.tenant, c.title as test, c.place as test_case, c.model, c.repeat,
       r.verdict::text as verdict, r.failure::text as failure, r.score, r.response, r.refusal, r.finish_reason,
       r.finish_reason_raw,
       coalesce(r.served_model, case when r.seq > 0 then r.requested_model end) as served_model, r.provider, r.request_id,
       r.service_tier, r.fingerprint,
       coalesce(r.input, 0) + coalesce(r.cached_read, 0) + coalesce(r.cache_write_5m, 0) + coalesce(r.cache_write_1h, 0)
         as prompt_tokens,
       coalesce(r.output, 0) + coalesce(r.reasoning, 0) as answer_tokens,
       r.input, r.cached_read, r.cache_write_5m, r.cache_write_1h, r.output, r.reasoning, r.usage_source::text as usage_source,
       r.usage_raw,
       @assay_private@.dollars(coalesce(r.cost_nanos, 0) + k.cost) as cost,
       @assay_private@.dollars(k.unknown) as unknown_cost,
       k.calls, r.text_escaped, r.text_truncated, r.details,
       r.waited_us / 1000.0 as waited_ms, r.provider_us / 1000.0 as provider_ms, r.judging_us / 1000.0 as judging_ms,
       r.overhead_us / 1000.0 as overhead_ms, r.created_at, j.suite_id, j.metadata,
       r.seq > 0 and r.failure is null and r.response = '' as empty
from @assay_private@.job j
join @assay_private@.result r on r.job_day = j.day and r.job_id = j.id
cross join lateral (
  select p.place % j.cases as place, j.models[p.place / j.cases % cardinality(j.models) + 1] as model,
         p.place / j.cases / cardinality(j.models) as repeat, t.title
  from (select coalesce(j.only_cells[r.cell + 1], r.cell)) p(place)
  left join @assay_private@.suite_case t on t.suite_id = j.suite_id and t.place = p.place % j.cases) c
cross join lateral (
  select count(*) as calls, coalesce(sum(s.cost_nanos), 0) as cost,
         coalesce(sum(a.bound_nanos) filter (where s.cost_nanos is null and (a.seq <> r.seq or r.cost_nanos is null)), 0) as unknown
  from @assay_private@.call a
  left join @assay_private@.settlement s
    on s.job_day = a.job_day and s.job_id = a.job_id and s.cell = a.cell and s.seq = a.seq
  where a.job_day = r.job_day and a.job_id = r.job_id and a.cell = r.cell) k;
comment on view @assay@.results is 'One row per finished cell (test case x model x repetition): verdict, answer, tokens, cost of all its calls, timings.';
comment on column @assay@.results.verdict is 'pass, fail, error (no answer to judge), unchecked (nothing asserted)';
comment on column @assay@.results.failure is 'why there is no answer to judge; set exactly when the verdict is error';
comment on column @assay@.results.cost is 'dollars, all calls of the cell whose cost is known';
comment on column @assay@.results.unknown_cost is 'dollars, bounds of the cell''s calls whose cost is not known';
comment on column @assay@.results.empty is 'the model answered with no text at all; that answer was judged';
comment on column @assay@.results.repeat is 'from 0';
comment on column @assay@.results.test_case is 'the test case''s place in the suite, from 0';
