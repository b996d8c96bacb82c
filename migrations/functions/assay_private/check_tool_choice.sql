-- Refuses (ZA003) a choice that names no tool of p_tools. Null, auto and none pass.
create or replace function @assay_private@.check_tool_choice(p_choice text, p_tools jsonb, p_where text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_names text[] := array(
    select e ->> 'name' from jsonb_array_elements(case jsonb_typeof(p_tools) when 'array' then p_tools else '[]' end) e);
begin
  if p_choice is null or p_choice in ('auto', 'none') or p_choice = 'required' and cardinality(v_names) > 0 then
    return;
  elsif p_choice <> all(v_names) then
    perform @assay_private@.refuse('ZA003', p_where, format('%L is no tool that is offered', left(p_choice, 64)),
      case when cardinality(v_names) = 0 then 'No tools are offered.' else 'Offered: ' || array_to_string(v_names[1:20], ', ') || '.' end);
  end if;
end $$;
