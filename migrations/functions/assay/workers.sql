-- One row per worker process of the last 7 days and what it holds now.
create or replace view @assay@.workers as
select w.id, w.host, w.pid, w.version, w.slots, w.queues,
       case when w.state <> 'stopped' and w.last_seen < now() - interval '60 seconds' then 'lost' else w.state end as state,
       w.started_at, w.last_seen, s.shares, s.cells
from @assay_private@.worker w
cross join lateral (
  select count(*) as shares, coalesce(sum(a.cell_count), 0) as cells
  from @assay_private@.share a where a.state = 'running' and a.worker = w.id) s;
comment on view @assay@.workers is 'Worker processes and what they hold.';
comment on column @assay@.workers.state is 'running, draining, stopped, or lost (not seen for 60 seconds)';
