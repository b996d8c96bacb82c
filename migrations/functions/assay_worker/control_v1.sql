-- A number that grows with every committed cancel, pause, resume, quarantine and priority change. When it moved, renew to learn what was lost.
create or replace function @assay_worker@.control_v1() returns bigint
language plpgsql as $$ begin raise 'control_v1: not written'; end $$;
