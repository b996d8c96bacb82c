-- Marks a suspect as running alone: from here on the death of its holder counts towards quarantine. False: the lease is lost.
create or replace function @assay_worker@.run_alone_v1(p_share bigint, p_token bigint) returns boolean
language plpgsql as $$ begin raise 'run_alone_v1: not written'; end $$;
