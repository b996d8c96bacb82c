-- Hands out the shares of a paused queue again, and wakes the workers. Raises ZA002 for a queue nobody ever used.
create or replace function @assay@.resume_queue(p_queue text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update @assay_private@.queue set paused = false where name = p_queue;
  if not found then
    perform @assay_private@.refuse('ZA002', 'p_queue', format('there is no queue %L', p_queue), null);
  end if;
  perform @assay_private@.bump_control();
  perform pg_notify('@assay@_wake', '');
end $$;
comment on function @assay@.resume_queue(text) is 'Hands out the shares of a paused queue again.';
