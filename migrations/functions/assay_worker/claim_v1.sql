-- Claims due shares for one worker, most urgent and oldest first, skipping what others hold. One transaction, never waits.
--
-- p_shares, p_cells: at most this many shares; stops once their cells reach p_cells (the last share may pass it).
-- p_lease: the leases end at the database's clock + p_lease.
-- p_take_suspect: also take at most one suspect (a share whose holders died twice in a row), to be run alone.
-- p_low_us: low-water marks, or null for a full scan. Element (queue's place in p_queues - 1) * 4 + priority + 1 is the run_at
--   (microseconds since 1970) of the last share this process claimed there; shares below it are not looked at. A null element
--   means no mark. When nothing is found with marks, the whole index is scanned once before the answer is "nothing".
--   Late commits, rescued and returned shares lie below a mark: pass null once per sweep.
-- p_now is for tests; leave null in production.
--
-- One row per share, then always one last row with share_id null that carries next_due_ms.
--   done: cells of the share that have a result, ascending. prior_*: cells without a result that were called before, ascending:
--   how many ledger rows each has, and whether one of them has no known outcome. All read after the share was locked.
--   mark: the share's place in p_low_us; run_at_us: what to store there (rows of one place come in rising order).
--   next_due_ms: milliseconds until the next scheduled or throttled share falls due; null when there is none.
-- Raises ZA102 when a job's day has no partition: nothing is claimed.
create or replace function @assay_worker@.claim_v1(
  p_worker text, p_queues text[], p_shares int, p_cells int, p_lease interval,
  p_take_suspect boolean default false, p_low_us bigint[] default null, p_now timestamptz default null)
returns table (
  share_id bigint, token bigint, job_id bigint, job_day int, first_cell int, cell_count int, crashes int, suspect boolean,
  done int[], prior_cells int[], prior_calls int[], prior_unknown boolean[],
  tenant text, suite_id bigint, models text[], cases int, repeats int, only_cells int[], sampling text, capped boolean,
  traceparent text, mark int, run_at_us bigint, next_due_ms bigint)
language plpgsql as $$ begin raise 'claim_v1: not written'; end $$;
