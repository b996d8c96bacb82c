-- Whether a share that is no more was ended under this token (or an older one): its job was neither cancelled nor quarantined,
-- and no younger holder left a result in it. What an ambiguous commit of the last settlement left behind.
create or replace function @assay_private@.ended_before(p_share bigint, p_token bigint) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
declare
  j @assay_private@.job;
  v_first int;
begin
  select * into j from @assay_private@.job where id = p_share >> 20;
  if not found
     or exists (select from @assay_private@.share s where s.id = p_share)
     or exists (select from @assay_private@.job_end e where e.job_id = j.id and e.outcome <> 'finished') then
    return false;
  end if;
  v_first := (p_share & 1048575) * j.share_cells;
  return not exists (
    select from @assay_private@.result r
    where r.job_day = j.day and r.job_id = j.id and r.cell >= v_first and r.cell < v_first + j.share_cells
      and r.token > p_token);
end $$;
