-- Renews leases to the database's clock + p_lease and marks the worker as alive. Returns the ids of the shares that are still
-- held; the rest is lost. HOT: no index entry is written. Locks shares in id order.
create or replace function @assay_worker@.renew_v1(p_worker text, p_shares bigint[], p_tokens bigint[], p_lease interval)
returns bigint[]
language plpgsql as $$ begin raise 'renew_v1: not written'; end $$;
