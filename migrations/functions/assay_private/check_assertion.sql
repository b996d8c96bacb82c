-- Refuses an assertion that could not be judged exactly. p_where is its place, e.g. cases[3].assertions[0].
create or replace function @assay_private@.check_assertion(p_assertion jsonb, p_where text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_types record := @assay_private@.assertion_types();
  v_type text;
  v_value jsonb := p_assertion -> 'value';
  v_plain text;
  v_why text;
begin
  if jsonb_typeof(p_assertion) <> 'object' then
    perform @assay_private@.refuse('ZA003', p_where, 'must be an object', 'Write {"type": "contains", "value": "…"}.');
  end if;
  perform @assay_private@.check_keys(p_assertion, p_where, array['type', 'value']);
  if octet_length(v_value::text) > 65536 then
    perform @assay_private@.refuse('ZA008', p_where || '.value', 'larger than 64 KiB', 'Shorten it.');
  end if;
  if p_assertion ? 'type' and jsonb_typeof(p_assertion -> 'type') <> 'string' then
    perform @assay_private@.refuse('ZA003', p_where || '.type', 'must be a string', 'Leave it out to mean "contains".');
  end if;

  v_type := coalesce(p_assertion ->> 'type', 'contains');
  v_plain := regexp_replace(v_type, '^not-', '');
  if v_type = any(v_types.built) then
    null;
  elsif v_plain = any(v_types.built || v_types.known) and v_plain not like 'not-%' then
    perform @assay_private@.refuse('ZA005', p_where || '.type', format('%L is known, but not built yet', v_type),
      'Built are: ' || array_to_string(v_types.built, ', ') || '.');
  else
    perform @assay_private@.refuse('ZA004', p_where || '.type', format('unknown assertion type %L', left(v_type, 60)),
      coalesce('Did you mean "' || @assay_private@.nearest(v_type, v_types.built || v_types.known) || '"?',
               'Built are: ' || array_to_string(v_types.built, ', ') || '.'));
  end if;

  if v_type in ('contains', 'not-contains', 'equals', 'regex') and jsonb_typeof(v_value) is distinct from 'string' then
    perform @assay_private@.refuse('ZA003', p_where || '.value', format('%L needs a string', v_type), 'Put the value in quotes.');
  elsif v_type in ('length-greater-than', 'length-less-than') and jsonb_typeof(v_value) is distinct from 'number' then
    perform @assay_private@.refuse('ZA003', p_where || '.value', format('%L needs a number', v_type), 'Write it without quotes.');
  elsif v_type = 'regex' then
    v_why := @assay_private@.check_regex(v_value #>> '{}');
    if v_why is not null then
      perform @assay_private@.refuse('ZA006', p_where || '.value', format('regex construct not supported: %s', v_why),
        'Only JavaScript patterns (no flags) whose meaning is kept exactly are taken: no * or + in a lookbehind, quantifiers up to 10000, ASCII names of groups.');
    end if;
  end if;
end $$;
