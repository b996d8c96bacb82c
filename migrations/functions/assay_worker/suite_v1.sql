-- The stored suite as JSON text; null when there is none of that id.
create or replace function @assay_worker@.suite_v1(p_suite bigint) returns text
language plpgsql as $$ begin raise 'suite_v1: not written'; end $$;
