-- Refuses (ZA003) a JSON object that has a key nobody knows, naming the nearest known one.
create or replace function @assay_private@.check_keys(p_object jsonb, p_where text, p_known text[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_key text;
  v_near text;
begin
  select k into v_key from jsonb_object_keys(p_object) k where k <> all(p_known) order by k limit 1;
  if v_key is not null then
    v_near := @assay_private@.nearest(v_key, p_known);
    perform @assay_private@.refuse('ZA003', ltrim(p_where || '.' || left(v_key, 60), '.'), 'unknown key',
      case when v_near is null then 'Known keys: ' || array_to_string(p_known, ', ') || '.'
           else 'Did you mean "' || v_near || '"?' end);
  end if;
end $$;
