-- Stops handing out the shares of a queue. Shares that are being worked on go on. Jobs may still be enqueued.
create or replace function @assay@.pause_queue(p_queue text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform @assay_private@.check_name(p_queue, 'p_queue');
  insert into @assay_private@.queue (name, paused) values (p_queue, true)
  on conflict (name) do update set paused = true;
  perform @assay_private@.bump_control();
end $$;
comment on function @assay@.pause_queue(text) is 'Stops handing out the shares of a queue; running ones go on.';
