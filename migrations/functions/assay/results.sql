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
       r.seq > 0 and r.failure is null and r.response = '' as empty,
       k.model as called_model, r.extras ->> 'served_by' as served_by,
       coalesce(r.extras -> 'flags' ?| array['other_model', 'fallback'], false) as other_model,
       array(select jsonb_array_elements_text(r.extras -> 'flags')) as flags,
       coalesce((r.extras ->> 'streamed')::boolean, false) as streamed,
       (r.extras ->> 'first_token_us')::bigint / 1000.0 as first_token_ms,
       case when r.provider_us > (r.extras ->> 'first_token_us')::bigint then
         round((coalesce(r.output, 0) + coalesce(r.reasoning, 0)) * 1000000.0 / (r.provider_us - (r.extras ->> 'first_token_us')::bigint), 3)
       end as tokens_per_second,
       array(select jsonb_array_elements_text(r.extras -> 'dropped_parameters')) as dropped_parameters,
       (r.extras ->> 'seed_honoured')::boolean as seed_honoured,
       coalesce(r.finish_reason = 'length' or r.extras -> 'flags' ? 'prompt_truncated', false) as truncated,
       case when r.extras ? 'reported_cost_nanos' or k.reported is not null then
         @assay_private@.dollars(coalesce((r.extras ->> 'reported_cost_nanos')::bigint, 0) + coalesce(k.reported, 0)) end as reported_cost,
       case when r.extras ? 'reported_cost_nanos' or k.reported is not null then
         @assay_private@.dollars(coalesce((r.extras ->> 'reported_cost_nanos')::bigint, 0) + coalesce(k.reported, 0)
                                 - case when r.extras ? 'reported_cost_nanos' then r.cost_nanos else 0 end - k.cost_of_reported)
       end as reported_cost_difference,
       coalesce((r.extras ->> 'cost_is_reported')::boolean, false) as cost_is_reported,
       r.extras ->> 'tool_calls' as tool_calls, r.extras ->> 'reasoning' as thoughts, r.extras ->> 'raw' as raw_answer,
       coalesce((r.extras ->> 'cached')::boolean, false) as cache_hit
from @assay_private@.job j
join @assay_private@.result r on r.job_day = j.day and r.job_id = j.id
cross join lateral (
  select p.place % j.cases as place, j.models[p.place / j.cases % cardinality(j.models) + 1] as model,
         p.place / j.cases / cardinality(j.models) as repeat, t.title
  from (select coalesce(j.only_cells[r.cell + 1], r.cell)) p(place)
  left join @assay_private@.suite_case t on t.suite_id = j.suite_id and t.place = p.place % j.cases) c
cross join lateral (
  select count(*) as calls, coalesce(sum(s.cost_nanos), 0) as cost,
         coalesce(sum(a.bound_nanos) filter (where s.cost_nanos is null and (a.seq <> r.seq or r.cost_nanos is null)), 0) as unknown,
         max(a.model) filter (where a.seq = r.seq) as model, sum((s.extras ->> 'reported_cost_nanos')::bigint) as reported,
         coalesce(sum(s.cost_nanos) filter (where s.extras ? 'reported_cost_nanos'), 0) as cost_of_reported
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
comment on column @assay@.results.model is 'the model as the job asked for it';
comment on column @assay@.results.called_model is 'the name that travelled to the provider';
comment on column @assay@.results.served_model is 'the model that the answer names';
comment on column @assay@.results.served_by is 'which host or deployment answered behind a gateway, where it says so';
comment on column @assay@.results.other_model is 'another model answered than was asked: the names differ in more than a date or a prefix, or the gateway says so';
comment on column @assay@.results.flags is 'what a reader must know: fallback, prompt_truncated, no_end_marker, usage_mismatch, …';
comment on column @assay@.results.first_token_ms is 'from the request to the first piece of content; streamed answers only';
comment on column @assay@.results.tokens_per_second is 'answer tokens by the time after the first piece; streamed answers only';
comment on column @assay@.results.dropped_parameters is 'asked for and not sent: the model takes none such';
comment on column @assay@.results.seed_honoured is 'null: no seed was asked for; false: it was not sent';
comment on column @assay@.results.truncated is 'the answer ended at its limit of tokens, or the provider cut the prompt';
comment on column @assay@.results.reported_cost is 'dollars that gateways say they charged for the cell''s calls; null when none says so';
comment on column @assay@.results.reported_cost_difference is 'dollars: reported, less our own cost of the same calls; null when that is not known';
comment on column @assay@.results.cost_is_reported is 'no price is known: the cost is the reported one';
comment on column @assay@.results.tool_calls is 'JSON list of the tools that the model asked to be called';
comment on column @assay@.results.thoughts is 'the model''s reasoning, as far as the vendor shows it';
comment on column @assay@.results.cache_hit is 'a gateway answered from its own cache; no model ran';
comment on column @assay@.results.raw_answer is 'the answer''s body as it came, where limits.stored_raw keeps it';
