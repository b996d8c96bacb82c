-- One row per queue: what waits in it and who works on it.
create or replace view @assay@.queues as
select q.name, q.paused, s.ready, s.running, s.scheduled, s.throttled, s.suspects, s.cells,
       s.oldest_ready, w.workers
from @assay_private@.queue q
cross join lateral (
  select count(*) filter (where a.state = 'ready') as ready, count(*) filter (where a.state = 'running') as running,
         count(*) filter (where a.state = 'scheduled') as scheduled, count(*) filter (where a.state = 'throttled') as throttled,
         count(*) filter (where a.state = 'ready' and a.crashes >= 2) as suspects, coalesce(sum(a.cell_count), 0) as cells,
         min(a.run_at) filter (where a.state = 'ready') as oldest_ready
  from @assay_private@.share a where a.queue = q.name) s
cross join lateral (
  select count(*) as workers from @assay_private@.worker k
  where q.name = any(k.queues) and k.state = 'running' and k.last_seen >= now() - interval '60 seconds') w;
comment on view @assay@.queues is 'Queues: shares by state, whether paused, and how many live workers serve each.';
comment on column @assay@.queues.workers is 'live workers that serve it; 0 with shares ready means nobody will take them';
