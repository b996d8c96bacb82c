-- Refuses a suite that could not be run exactly as its author means it. Everything is named by its path.
create or replace function @assay_private@.check_suite(p_suite jsonb) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_prompt jsonb := p_suite -> 'prompt';
  v_cases jsonb := p_suite -> 'cases';
  v_dialect text := coalesce(p_suite ->> 'dialect', 'prpm');
  v_templates boolean;
  v_word text;
  e jsonb;
  i int := 0;
begin
  if jsonb_typeof(p_suite) <> 'object' then
    perform @assay_private@.refuse('ZA003', 'p_content', 'must be a JSON object', 'Write {"name": …, "prompt": …, "cases": […]}.');
  end if;
  if v_dialect not in ('prpm', 'promptfoo', 'strict') then
    perform @assay_private@.refuse('ZA003', 'dialect', format('unknown dialect %L', left(v_dialect, 60)), 'Use "prpm", "promptfoo" or "strict".');
  end if;
  perform @assay_private@.check_keys(p_suite, '',
    array['name', 'prompt', 'cases', 'dialect', 'on_unknown', 'defaults'] || case when v_dialect = 'prpm' then '{}'::text[] else array['templates'] end);
  if coalesce(jsonb_typeof(p_suite -> 'templates'), 'null') not in ('null', 'boolean') then
    perform @assay_private@.refuse('ZA003', 'templates', 'must be true or false', null);
  end if;
  v_templates := v_dialect <> 'prpm' and coalesce((p_suite ->> 'templates')::boolean, v_dialect = 'promptfoo');
  perform @assay_private@.check_text(p_suite -> 'name', 'name', 512, false);

  if coalesce(jsonb_typeof(v_prompt), 'null') = 'null' then
    perform @assay_private@.refuse('ZA003', 'prompt', 'is missing', 'Give the package content: text, {"sections": […]}, or any JSON.');
  elsif octet_length(case when jsonb_typeof(v_prompt) = 'string' then v_prompt #>> '{}' else v_prompt::text end) > 1048576 then
    perform @assay_private@.refuse('ZA008', 'prompt', 'larger than 1 MiB', 'Shorten it.');
  end if;

  v_word := coalesce(p_suite ->> 'on_unknown', 'repeat');
  if v_word not in ('repeat', 'hold') then
    perform @assay_private@.refuse('ZA003', 'on_unknown', format('unknown word %L', left(v_word, 60)), 'Use "repeat" or "hold".');
  end if;
  if coalesce(jsonb_typeof(p_suite -> 'defaults'), 'null') <> 'null' then
    perform @assay_private@.check_sampling(p_suite -> 'defaults', 'defaults');
  end if;

  if jsonb_typeof(v_cases) is distinct from 'array' or jsonb_array_length(v_cases) = 0 then
    perform @assay_private@.refuse('ZA003', 'cases', 'must be a list of at least one test case', null);
  elsif jsonb_array_length(v_cases) > 10000 then
    perform @assay_private@.refuse('ZA008', 'cases', 'more than 10000', 'Split the suite.');
  end if;
  for e in select * from jsonb_array_elements(v_cases) loop
    perform @assay_private@.check_case(e, 'cases[' || i || ']', v_dialect, v_templates);
    i := i + 1;
  end loop;
end $$;
