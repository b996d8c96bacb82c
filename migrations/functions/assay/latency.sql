-- How long answers took in the last 24 hours, by provider and model, in milliseconds. Jobs older than 30 days are left out.
create or replace view @assay@.latency as
select q.provider, q.model, q.answers,
       q.provider_us[1] / 1000 as provider_p50_ms, q.provider_us[2] / 1000 as provider_p95_ms,
       q.provider_us[3] / 1000 as provider_p99_ms, q.overhead_us[1] / 1000 as overhead_p50_ms,
       q.overhead_us[2] / 1000 as overhead_p95_ms, q.overhead_us[3] / 1000 as overhead_p99_ms,
       q.judging_us[1] / 1000 as judging_p50_ms, q.judging_us[2] / 1000 as judging_p95_ms,
       q.judging_us[3] / 1000 as judging_p99_ms
from (
  select r.provider, r.requested_model as model, count(*) as answers,
         percentile_cont('{0.5,0.95,0.99}'::float8[]) within group (order by r.provider_us) as provider_us,
         percentile_cont('{0.5,0.95,0.99}'::float8[]) within group (order by r.overhead_us) as overhead_us,
         percentile_cont('{0.5,0.95,0.99}'::float8[]) within group (order by r.judging_us) as judging_us
  from @assay_private@.result r
  where r.created_at >= now() - interval '24 hours' and r.job_day >= (now() at time zone 'utc')::date - 30 and r.seq > 0
  group by r.provider, r.requested_model) q;
comment on view @assay@.latency is 'Milliseconds of the last 24 hours by provider and model: the provider''s time, our own overhead, judging.';
comment on column @assay@.latency.overhead_p50_ms is 'our own part: claim read to first byte written, plus last byte read to settle handed over';
