-- The ledger: one row per call to a provider, written before its socket opened.
create or replace view @assay@.calls as
select c.job_id, c.cell, c.seq, c.job_id || '.' || c.cell || '.' || c.seq as call_id, c.tenant, c.purpose::text as purpose,
       c.provider, c.model, c.worker, c.begun_at, coalesce(r.created_at, s.booked_at) as ended_at,
       case when r.job_id is not null then 'answered'
            when s.failure = 'outcome_unknown' then 'unknown'
            when s.failure is not null then 'failed'
            when s.late then 'orphan'
            when s.job_id is not null then 'answered'
            when exists (select from @assay_private@.share a
                         where a.id = (c.job_id << 20) + c.cell / j.share_cells and a.token = c.token and a.state = 'running')
              then 'open'
            else 'unknown' end as state,
       s.failure::text as failure, coalesce(s.late, false) as late, s.status, coalesce(r.request_id, s.request_id) as request_id,
       s.detail,
       @assay_private@.dollars(coalesce(r.cost_nanos, s.cost_nanos)) as cost,
       @assay_private@.dollars(c.bound_nanos) as bound,
       @assay_private@.dollars(coalesce(r.cost_nanos, s.cost_nanos, c.bound_nanos)) as charged,
       coalesce(coalesce(r.cost_nanos, s.cost_nanos) > c.bound_nanos, false) as above_bound,
       coalesce(r.input, s.input) as input, coalesce(r.cached_read, s.cached_read) as cached_read,
       coalesce(r.cache_write_5m, s.cache_write_5m) as cache_write_5m,
       coalesce(r.cache_write_1h, s.cache_write_1h) as cache_write_1h, coalesce(r.output, s.output) as output,
       coalesce(r.reasoning, s.reasoning) as reasoning,
       coalesce(r.usage_source, s.usage_source)::text as usage_source, coalesce(r.usage_raw, s.usage_raw) as usage_raw,
       encode(c.request_hash, 'hex') as request_hash, p.content::jsonb as price, c.token, c.job_day,
       case when r.job_id is not null then coalesce(r.served_model, r.requested_model) end as served_model,
       r.extras ->> 'served_by' as served_by, r.fingerprint, r.service_tier, r.finish_reason, r.refusal,
       array(select jsonb_array_elements_text(r.extras -> 'flags')) as flags,
       coalesce((r.extras ->> 'streamed')::boolean, false) as streamed,
       (r.extras ->> 'first_token_us')::bigint / 1000.0 as first_token_ms,
       array(select jsonb_array_elements_text(r.extras -> 'dropped_parameters')) as dropped_parameters,
       (r.extras ->> 'seed_honoured')::boolean as seed_honoured,
       @assay_private@.dollars((coalesce(r.extras, s.extras) ->> 'reported_cost_nanos')::bigint) as reported_cost,
       @assay_private@.dollars((coalesce(r.extras, s.extras) ->> 'reported_cost_nanos')::bigint
                               - coalesce(r.cost_nanos, s.cost_nanos)) as reported_cost_difference,
       coalesce((coalesce(r.extras, s.extras) ->> 'cost_is_reported')::boolean, false) as cost_is_reported,
       coalesce((r.extras ->> 'cached')::boolean, false) as cache_hit
from @assay_private@.job j
join @assay_private@.call c on c.job_day = j.day and c.job_id = j.id
left join @assay_private@.result r
  on r.job_day = c.job_day and r.job_id = c.job_id and r.cell = c.cell and r.seq = c.seq
left join @assay_private@.settlement s
  on s.job_day = c.job_day and s.job_id = c.job_id and s.cell = c.cell and s.seq = c.seq
left join @assay_private@.price p on p.id = c.price_id;
comment on view @assay@.calls is 'The ledger: one row per call to a provider, with what it cost or may have cost.';
comment on column @assay@.calls.state is 'answered, failed, orphan (answered after its lease was lost), open (in flight), unknown (its worker died or was cut)';
comment on column @assay@.calls.charged is 'dollars: the cost when it is known, else the bound; null when neither is';
comment on column @assay@.calls.cache_hit is 'a gateway answered from its own cache; no model ran';
comment on column @assay@.calls.call_id is 'what travelled in X-Request-ID';
comment on column @assay@.calls.above_bound is 'the bill was above what was thought possible: the job was frozen if capped';
comment on column @assay@.calls.model is 'the name that travelled to the provider';
comment on column @assay@.calls.reported_cost is 'dollars that the gateway says it charged';
comment on column @assay@.calls.reported_cost_difference is 'dollars: reported, less our own cost';
