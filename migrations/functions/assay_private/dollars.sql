-- Nano-dollars as numeric dollars, exact.
create or replace function @assay_private@.dollars(p_nanos numeric) returns numeric
language sql immutable as $$ select round(p_nanos / 1000000000, 9) $$;
