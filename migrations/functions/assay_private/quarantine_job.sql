-- Ends a job whose share kills its workers. Never waits: false when somebody holds one of the job's share rows just now.
create or replace function @assay_private@.quarantine_job(p_job bigint, p_reason text) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_locked bigint[];
begin
  v_locked := array(
    select id from @assay_private@.share where id >= p_job << 20 and id < (p_job + 1) << 20
    order by id for update skip locked);
  if exists (select from @assay_private@.share
             where id >= p_job << 20 and id < (p_job + 1) << 20 and id <> all(v_locked)) then
    return false;
  end if;
  delete from @assay_private@.share where id = any(v_locked);
  perform @assay_private@.end_job(p_job, 'quarantined', null, p_reason);
  perform @assay_private@.bump_control();
  return true;
end $$;
