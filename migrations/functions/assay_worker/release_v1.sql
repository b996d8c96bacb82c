-- Hands shares back unfinished, using no attempt. p_wake_ms > 0: throttled until the database's clock + p_wake_ms; 0: ready at
-- once. p_reasons: shown to people. Returns one element per share: false when the lease is lost. Locks shares in id order.
create or replace function @assay_worker@.release_v1(p_shares bigint[], p_tokens bigint[], p_wake_ms bigint[], p_reasons text[])
returns boolean[]
language plpgsql as $$ begin raise 'release_v1: not written'; end $$;
