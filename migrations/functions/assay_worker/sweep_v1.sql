-- One pass of upkeep, by any worker on a timer, bounded by p_limit shares of each kind. Idempotent; never waits for a share.
-- Expired leases go back to ready under a new token; due scheduled and throttled shares become ready; partitions are made ahead.
-- A holder's death counts as a crash, the first again if it finished a cell; the p_quarantine_after-th death in a row while
-- alone ends the job as quarantined. p_now is for tests; leave null in production.
create or replace function @assay_worker@.sweep_v1(
  p_limit int default 1000, p_quarantine_after int default 3, p_now timestamptz default null,
  out rescued int, out promoted int, out quarantined int)
language plpgsql as $$ begin raise 'sweep_v1: not written'; end $$;
