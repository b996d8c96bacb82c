-- One number for autoscalers: cells that are being worked on or could be right now (running, ready, or due), in one queue or,
-- with null, in all. Paused queues count only what runs.
create or replace function @assay@.backlog(p_queue text default null) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(sum(s.cell_count), 0) from @assay_private@.share s
    where (p_queue is null or s.queue = p_queue)
      and (s.state = 'running'
           or (s.state = 'ready' or s.run_at <= now())
              and not exists (select from @assay_private@.queue q where q.name = s.queue and q.paused)));
end $$;
comment on function @assay@.backlog(text) is 'Cells that are being worked on or could be right now: one number for autoscalers.';
