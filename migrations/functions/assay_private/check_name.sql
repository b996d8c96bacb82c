-- Refuses (ZA001) a tenant or queue name that is not 1 to 128 printable characters without spaces.
create or replace function @assay_private@.check_name(p_name text, p_where text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if p_name is null or p_name !~ '^[!-~]{1,128}$' then
    perform @assay_private@.refuse('ZA001', p_where, 'must be 1 to 128 visible ASCII characters without spaces', null);
  end if;
end $$;
