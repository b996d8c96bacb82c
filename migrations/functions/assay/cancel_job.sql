-- Cancels a job: its shares are taken away, no new call starts, workers cut its calls in flight within two seconds. Finished
-- cells keep their results. True: cancelled by this call; false: it had already ended. Raises ZA002 for an unknown job.
-- Locks the job's shares in id order.
create or replace function @assay@.cancel_job(p_job bigint, p_reason text default null) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_locked bigint[];
begin
  if not exists (select from @assay_private@.job where id = p_job) then
    perform @assay_private@.refuse('ZA002', 'p_job', format('there is no job %s', p_job), null);
  end if;
  v_locked := array(
    select id from @assay_private@.share where id >= p_job << 20 and id < (p_job + 1) << 20 order by id for update);
  if cardinality(v_locked) = 0 then
    return false;
  end if;
  delete from @assay_private@.share where id = any(v_locked);
  perform @assay_private@.end_job(p_job, 'cancelled', null, left(p_reason, 1000));
  perform @assay_private@.bump_control();
  return true;
end $$;
comment on function @assay@.cancel_job(bigint, text) is
  'Cancels a job that has not ended. True when this call did it, false when it had already ended.';
