-- Raises one of our SQLSTATEs. p_where names the argument or the place in it; the hint says what to do.
create or replace function @assay_private@.refuse(p_code text, p_where text, p_what text, p_hint text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception '%: %', p_where, p_what using errcode = p_code, hint = coalesce(p_hint, '');
end $$;
