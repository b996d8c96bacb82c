-- Refuses a test case that could not be run or judged. p_where is its place, e.g. cases[3]. Outside prpm a case may have vars, a
-- threshold and metadata, and no input: then the prompt is what is asked.
create or replace function @assay_private@.check_case(p_case jsonb, p_where text, p_dialect text, p_templates boolean) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_prpm boolean := p_dialect = 'prpm';
  v_known text[] := array['title', 'input', 'expected_output', 'tags', 'assertions'];
  v_word text;
  v_list jsonb;
  e jsonb;
  i int := 0;
begin
  if jsonb_typeof(p_case) <> 'object' then
    perform @assay_private@.refuse('ZA003', p_where, 'must be an object', 'Write {"title": "…", "input": "…", "assertions": […]}.');
  end if;
  perform @assay_private@.check_keys(p_case, p_where, case when v_prpm then v_known else v_known || array['vars', 'threshold', 'metadata'] end);
  perform @assay_private@.check_text(p_case -> 'title', p_where || '.title', 1024, false);
  if v_prpm or coalesce(jsonb_typeof(p_case -> 'input'), 'null') <> 'null' then
    perform @assay_private@.check_text(p_case -> 'input', p_where || '.input', 262144, true);
  end if;
  if coalesce(jsonb_typeof(p_case -> 'expected_output'), 'null') <> 'null' then
    perform @assay_private@.check_text(p_case -> 'expected_output', p_where || '.expected_output', 65536, true);
  end if;
  foreach v_word in array array['vars', 'metadata'] loop
    if coalesce(jsonb_typeof(p_case -> v_word), 'null') not in ('null', 'object') then
      perform @assay_private@.refuse('ZA003', p_where || '.' || v_word, 'must be an object', null);
    elsif octet_length((p_case -> v_word)::text) > 262144 then
      perform @assay_private@.refuse('ZA008', p_where || '.' || v_word, 'larger than 256 KiB', 'Shorten it.');
    end if;
  end loop;
  if coalesce(jsonb_typeof(p_case -> 'threshold'), 'null') not in ('null', 'number') then
    perform @assay_private@.refuse('ZA003', p_where || '.threshold', 'must be a number', 'Write it without quotes.');
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
    if v_prpm then
      perform @assay_private@.check_assertion(e, p_where || '.assertions[' || i || ']');
    else
      perform @assay_private@.check_judged_assertion(e, p_where || '.assertions[' || i || ']', p_dialect = 'strict', p_templates, 0);
    end if;
    i := i + 1;
  end loop;
end $$;
