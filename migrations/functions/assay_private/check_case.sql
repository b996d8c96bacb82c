-- Refuses a test case that could not be run or judged. p_where is its place, e.g. cases[3].
create or replace function @assay_private@.check_case(p_case jsonb, p_where text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_list jsonb;
  e jsonb;
  i int := 0;
begin
  if jsonb_typeof(p_case) <> 'object' then
    perform @assay_private@.refuse('ZA003', p_where, 'must be an object', 'Write {"title": "…", "input": "…", "assertions": […]}.');
  end if;
  perform @assay_private@.check_keys(p_case, p_where, array['title', 'input', 'expected_output', 'tags', 'assertions']);
  perform @assay_private@.check_text(p_case -> 'title', p_where || '.title', 1024, false);
  perform @assay_private@.check_text(p_case -> 'input', p_where || '.input', 262144, true);
  if coalesce(jsonb_typeof(p_case -> 'expected_output'), 'null') <> 'null' then
    perform @assay_private@.check_text(p_case -> 'expected_output', p_where || '.expected_output', 65536, true);
  end if;

  v_list := coalesce(p_case -> 'tags', '[]');
  if jsonb_typeof(v_list) <> 'array' or jsonb_array_length(v_list) > 100
     or exists (select from jsonb_array_elements(v_list) t where jsonb_typeof(t) <> 'string' or octet_length(t #>> '{}') > 256) then
    perform @assay_private@.refuse('ZA003', p_where || '.tags', 'must be a list of at most 100 strings of at most 256 bytes', null);
  end if;

  v_list := coalesce(p_case -> 'assertions', '[]');
  if jsonb_typeof(v_list) <> 'array' then
    perform @assay_private@.refuse('ZA003', p_where || '.assertions', 'must be a list', null);
  elsif jsonb_array_length(v_list) > 100 then
    perform @assay_private@.refuse('ZA008', p_where || '.assertions', 'more than 100', 'Split the test case.');
  end if;
  for e in select * from jsonb_array_elements(v_list) loop
    perform @assay_private@.check_assertion(e, p_where || '.assertions[' || i || ']');
    i := i + 1;
  end loop;
end $$;
