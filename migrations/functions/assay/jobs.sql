-- One row per job: what was asked for, how far it is, what it found and cost.
create or replace view @assay@.jobs as
select j.id, j.tenant, j.queue, j.suite_id, u.name as suite, j.models, j.repeats,
       coalesce(s.priority, j.priority) as priority,
       case when e.job_id is not null then e.outcome::text when s.started then 'running' else 'queued' end as state,
       j.cells,
       coalesce(e.passed + e.failed + e.errors + e.unchecked, t.passed + t.failed + t.errors + t.unchecked, 0) as done,
       coalesce(e.passed, t.passed, 0) as passed, coalesce(e.failed, t.failed, 0) as failed,
       coalesce(e.errors, t.errors, 0) as errors, coalesce(e.unchecked, t.unchecked, 0) as unchecked,
       coalesce(e.score, t.score) as score,
       coalesce(e.prompt_tokens, t.prompt_tokens, 0) as prompt_tokens,
       coalesce(e.answer_tokens, t.answer_tokens, 0) as answer_tokens,
       @assay_private@.dollars(coalesce(e.cost_nanos, t.cost_nanos, 0) + l.cost) as cost,
       @assay_private@.dollars(coalesce(e.unknown_nanos, t.unknown_nanos, 0) - l.bound) as unknown_cost,
       coalesce(e.unpriced, t.unpriced, 0) as unpriced_calls,
       @assay_private@.dollars(j.max_cost_nanos) as max_cost,
       case when e.job_id is null and not s.started then (
         select 1 + count(*) from @assay_private@.share a
         where a.queue = j.queue and a.state = 'ready' and a.crashes < 2
           and (a.priority > s.priority or a.priority = s.priority and (a.run_at, a.id) < (s.run_at, j.id << 20)))
       end as queue_position,
       j.created_at, e.finished_at, coalesce(e.reason, s.reason) as reason, j.retry_of, j.sampling, j.metadata, j.traceparent, j.day
from @assay_private@.job j
join @assay_private@.suite u on u.id = j.suite_id
left join @assay_private@.job_end e on e.job_id = j.id
left join lateral (
  select bool_or(a.token > 0) or count(*) < (j.cells + j.share_cells - 1) / j.share_cells as started,
         max(a.priority) as priority, min(a.run_at) as run_at, min(a.reason) as reason
  from @assay_private@.share a
  where e.job_id is null and a.id >= j.id << 20 and a.id < (j.id + 1) << 20) s on true
left join lateral (
  select * from @assay_private@.totals_of(j.day, j.id) where e.job_id is null and s.started) t on true
cross join lateral (
  select coalesce(sum(a.cost_nanos), 0) as cost,
         coalesce(sum(c.bound_nanos) filter (where a.cost_nanos is not null), 0) as bound
  from @assay_private@.settlement a
  join @assay_private@.call c on c.job_day = a.job_day and c.job_id = a.job_id and c.cell = a.cell and c.seq = a.seq
  where a.late and a.job_day = j.day and a.job_id = j.id) l;
comment on view @assay@.jobs is 'One row per test job: what was asked for, its state and progress, verdict counts, tokens and cost.';
comment on column @assay@.jobs.state is 'queued, running, then one of finished, cancelled, quarantined, which never change';
comment on column @assay@.jobs.done is 'cells that have a result';
comment on column @assay@.jobs.score is 'mean score of the cells that were answered; null when none was';
comment on column @assay@.jobs.cost is 'dollars, known costs of all calls';
comment on column @assay@.jobs.unknown_cost is 'dollars that calls of unknown outcome or cost may have cost at most';
comment on column @assay@.jobs.unpriced_calls is 'calls with neither a known cost nor a bound';
comment on column @assay@.jobs.queue_position is '1 = next; counted in shares; null once it has started';
comment on column @assay@.jobs.reason is 'why it was cancelled, quarantined, or put back';
