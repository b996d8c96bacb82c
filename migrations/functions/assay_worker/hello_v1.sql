-- Registers a worker process, or refreshes its row. p_worker is unique per process start.
create or replace function @assay_worker@.hello_v1(
  p_worker text, p_host text, p_pid int, p_version text, p_slots int, p_queues text[]) returns void
language plpgsql as $$ begin raise 'hello_v1: not written'; end $$;
