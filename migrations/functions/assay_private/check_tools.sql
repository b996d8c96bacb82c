-- Refuses (ZA003, ZA008) a list of tools that a model could not be offered. Null passes.
create or replace function @assay_private@.check_tools(p_tools jsonb, p_where text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_hint text := 'Write a list of {"name": …, "description": …, "parameters": {a JSON Schema}}, 1 to 128 of them.';
  v_names text[] := '{}';
  w text;
  e jsonb;
  i int := 0;
begin
  if p_tools is null then
    return;
  elsif jsonb_typeof(p_tools) <> 'array' or jsonb_array_length(p_tools) not between 1 and 128 then
    perform @assay_private@.refuse('ZA003', p_where, 'must be a list', v_hint);
  elsif octet_length(p_tools::text) > 1048576 then
    perform @assay_private@.refuse('ZA008', p_where, 'larger than 1 MiB', 'Shorten it.');
  end if;
  for e in select * from jsonb_array_elements(p_tools) loop
    w := p_where || '[' || i || ']';
    if jsonb_typeof(e) <> 'object' then
      perform @assay_private@.refuse('ZA003', w, 'must be an object with a name', v_hint);
    end if;
    perform @assay_private@.check_keys(e, w, array['name', 'description', 'parameters', 'strict']);
    if jsonb_typeof(e -> 'name') is distinct from 'string' or e ->> 'name' !~ '^[A-Za-z0-9_-]{1,64}$' then
      perform @assay_private@.refuse('ZA003', w || '.name', 'must be 1 to 64 of A-Z a-z 0-9 _ -', null);
    elsif e ->> 'name' = any(v_names) then
      perform @assay_private@.refuse('ZA003', w || '.name', format('names the tool %L twice', e ->> 'name'), null);
    elsif coalesce(jsonb_typeof(e -> 'description'), 'null') not in ('null', 'string') then
      perform @assay_private@.refuse('ZA003', w || '.description', 'must be a text', null);
    elsif coalesce(jsonb_typeof(e -> 'parameters'), 'null') not in ('null', 'object') then
      perform @assay_private@.refuse('ZA003', w || '.parameters', 'must be a JSON Schema: an object', null);
    elsif coalesce(jsonb_typeof(e -> 'strict'), 'null') not in ('null', 'boolean') then
      perform @assay_private@.refuse('ZA003', w || '.strict', 'must be true or false', null);
    end if;
    v_names := v_names || (e ->> 'name');
    i := i + 1;
  end loop;
end $$;
