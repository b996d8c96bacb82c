-- The path of the first string (or key) in a JSON value that holds p_text; null when none does.
create or replace function @assay_private@.place_of_text(p_value jsonb, p_text text, p_where text default '') returns text
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  k text;
  v jsonb;
  i int := 0;
  v_place text;
begin
  case jsonb_typeof(p_value)
    when 'string' then
      if position(p_text in p_value #>> '{}') > 0 then
        return p_where;
      end if;
    when 'object' then
      for k, v in select * from jsonb_each(p_value) loop
        if position(p_text in k) > 0 then
          return ltrim(p_where || '.' || replace(k, p_text, '?'), '.') || ' (a key)';
        end if;
        v_place := @assay_private@.place_of_text(v, p_text, ltrim(p_where || '.' || k, '.'));
        if v_place is not null then
          return v_place;
        end if;
      end loop;
    when 'array' then
      for v in select * from jsonb_array_elements(p_value) loop
        v_place := @assay_private@.place_of_text(v, p_text, p_where || '[' || i || ']');
        if v_place is not null then
          return v_place;
        end if;
        i := i + 1;
      end loop;
    else
      null;
  end case;
  return null;
end $$;
