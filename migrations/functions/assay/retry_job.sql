-- Enqueues a new job with some cells of an ended one; it points back by retry_of. The old job never changes.
-- p_which: failed (verdict fail or error, or never run) | errors (verdict error, or never run) | all | cells (those in
-- p_cells, numbers of the old job's cells). All else is as in the old job; a cap counts anew.
-- Raises ZA001, ZA002 (no such job), ZA009 (not ended yet, or nothing to retry).
create or replace function @assay@.retry_job(p_job bigint, p_which text default 'failed', p_cells int[] default null)
returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  j @assay_private@.job;
  v_cells int[];
begin
  select * into j from @assay_private@.job where id = p_job;
  if not found then
    perform @assay_private@.refuse('ZA002', 'p_job', format('there is no job %s', p_job), null);
  elsif not exists (select from @assay_private@.job_end e where e.job_id = p_job) then
    perform @assay_private@.refuse('ZA009', 'p_job', format('job %s has not ended', p_job), 'Wait for it, or cancel_job first.');
  elsif p_which is null or p_which not in ('failed', 'errors', 'all', 'cells') then
    perform @assay_private@.refuse('ZA001', 'p_which', format('unknown word %L', p_which), 'Use failed, errors, all or cells.');
  elsif (p_which = 'cells') <> (p_cells is not null) then
    perform @assay_private@.refuse('ZA001', 'p_cells', 'goes with p_which = cells, and only with it', null);
  elsif exists (select from unnest(p_cells) c where c is null or c < 0 or c >= j.cells)
        or (select count(distinct c) from unnest(p_cells) c) < cardinality(p_cells) then
    perform @assay_private@.refuse('ZA001', 'p_cells', format('must be distinct cells of the job, 0 to %s', j.cells - 1), null);
  end if;

  v_cells := case p_which when 'cells' then array(select c from unnest(p_cells) c order by c)
    else array(
      select c from generate_series(0, j.cells - 1) c
      left join @assay_private@.result r on r.job_day = j.day and r.job_id = j.id and r.cell = c
      where p_which = 'all' or r.verdict is null or r.verdict = 'error' or (p_which = 'failed' and r.verdict = 'fail')
      order by c) end;
  if cardinality(v_cells) = 0 then
    perform @assay_private@.refuse('ZA009', 'p_which', format('job %s has no such cell', p_job), null);
  end if;

  return (@assay_private@.enqueue(jsonb_build_array(jsonb_build_object(
      'suite', j.suite_id, 'models', j.models, 'tenant', j.tenant, 'queue', j.queue, 'repeats', j.repeats,
      'priority', j.priority, 'max_cost', j.max_cost_nanos / 1000000000::numeric, 'sampling', j.sampling,
      'metadata', j.metadata, 'traceparent', j.traceparent, 'cells_per_share', j.share_cells, 'retry_of', j.id)
    || case when j.only_cells is null and cardinality(v_cells) = j.cells then '{}'::jsonb
            else jsonb_build_object('only_cells', (
              select jsonb_agg(coalesce(j.only_cells[c + 1], c) order by place) from unnest(v_cells) with ordinality v(c, place)))
       end), ''))[1];
end $$;
comment on function @assay@.retry_job(bigint, text, int[]) is
  'Enqueues a new job with the failed, errored, given or all cells of an ended job; it points back by retry_of.';
