-- Says that a worker process stops: p_state `draining` while it finishes, `stopped` as its last word.
create or replace function @assay_worker@.bye_v1(p_worker text, p_state text default 'stopped') returns void
language plpgsql as $$ begin raise 'bye_v1: not written'; end $$;
