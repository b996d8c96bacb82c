-- Whether the present holder of a share finished one of its cells.
create or replace function @assay_private@.finished_a_cell(p_share bigint) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
declare
  s @assay_private@.share;
begin
  select * into s from @assay_private@.share where id = p_share;
  return exists (
    select from @assay_private@.result r
    where r.job_day = s.job_day and r.job_id = s.job_id and r.cell >= s.first_cell and r.cell < s.first_cell + s.cell_count
      and r.token = s.token);
end $$;
