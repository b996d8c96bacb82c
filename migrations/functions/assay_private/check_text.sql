-- Refuses a member that is absent (ZA003), no string (ZA003) or longer than p_bytes (ZA008).
create or replace function @assay_private@.check_text(p_value jsonb, p_where text, p_bytes int, p_may_be_empty boolean)
returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if jsonb_typeof(p_value) is distinct from 'string' then
    perform @assay_private@.refuse('ZA003', p_where, 'must be a string', null);
  elsif octet_length(p_value #>> '{}') > p_bytes then
    perform @assay_private@.refuse('ZA008', p_where, format('larger than %s', pg_size_pretty(p_bytes::bigint)), 'Shorten it.');
  elsif not p_may_be_empty and btrim(p_value #>> '{}') = '' then
    perform @assay_private@.refuse('ZA003', p_where, 'must not be empty', null);
  end if;
end $$;
