-- Refuses (ZA003, ZA008) a response format that is neither {"type": "json_object"} nor a named JSON Schema. Null passes.
create or replace function @assay_private@.check_response_format(p_format jsonb, p_where text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_hint text := 'Write {"type": "json_object"} or {"type": "json_schema", "name": …, "schema": {…}}.';
begin
  if p_format is null then
    return;
  elsif jsonb_typeof(p_format) <> 'object' then
    perform @assay_private@.refuse('ZA003', p_where, 'must be an object', v_hint);
  elsif coalesce(p_format ->> 'type', '') not in ('json_object', 'json_schema') then
    perform @assay_private@.refuse('ZA003', p_where || '.type', 'not a value this can have', v_hint);
  end if;
  perform @assay_private@.check_keys(p_format, p_where,
    case p_format ->> 'type' when 'json_schema' then array['type', 'name', 'schema', 'strict'] else array['type'] end);
  if octet_length(p_format::text) > 1048576 then
    perform @assay_private@.refuse('ZA008', p_where, 'larger than 1 MiB', 'Shorten it.');
  elsif p_format ->> 'type' = 'json_object' then
    return;
  elsif jsonb_typeof(p_format -> 'name') is distinct from 'string' or p_format ->> 'name' !~ '^[A-Za-z0-9_-]{1,64}$' then
    perform @assay_private@.refuse('ZA003', p_where || '.name', 'must be 1 to 64 of A-Z a-z 0-9 _ -', null);
  elsif jsonb_typeof(p_format -> 'schema') is distinct from 'object' then
    perform @assay_private@.refuse('ZA003', p_where || '.schema', 'must be a JSON Schema: an object', null);
  elsif coalesce(jsonb_typeof(p_format -> 'strict'), 'null') not in ('null', 'boolean') then
    perform @assay_private@.refuse('ZA003', p_where || '.strict', 'must be true or false', null);
  end if;
end $$;
