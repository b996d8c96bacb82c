-- Changes the priority of a job that has not ended: 0 to 3, higher is more urgent. What is being worked on goes on. Returns how
-- many shares it touched; 0 when the job has ended. Raises ZA001, ZA002. Locks the job's shares in id order.
create or replace function @assay@.set_priority(p_job bigint, p_priority int) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_locked bigint[];
begin
  if p_priority is null or p_priority not between 0 and 3 then
    perform @assay_private@.refuse('ZA001', 'p_priority', 'must be 0, 1, 2 or 3', 'Higher is more urgent.');
  elsif not exists (select from @assay_private@.job where id = p_job) then
    perform @assay_private@.refuse('ZA002', 'p_job', format('there is no job %s', p_job), null);
  end if;
  v_locked := array(
    select id from @assay_private@.share where id >= p_job << 20 and id < (p_job + 1) << 20
    order by id for no key update);
  update @assay_private@.share set priority = p_priority where id = any(v_locked);
  perform @assay_private@.bump_control();
  return cardinality(v_locked);
end $$;
comment on function @assay@.set_priority(bigint, int) is 'Changes the priority (0 to 3) of a job that has not ended.';
