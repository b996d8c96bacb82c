-- Refuses an assertion of the dialects promptfoo and strict that could not be judged. p_where is its place, p_depth how many sets
-- it stands in. Table-driven: assertion_shapes.
create or replace function @assay_private@.check_judged_assertion(p_assertion jsonb, p_where text, p_strict boolean, p_templates boolean,
                                                                  p_depth int) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_shapes jsonb := @assay_private@.assertion_shapes();
  v_type text := p_assertion ->> 'type';
  v_plain text;
  v_shape text;
  v_word text;
  v_list jsonb;
  e jsonb;
  i int := 0;
begin
  if jsonb_typeof(p_assertion) <> 'object' then
    perform @assay_private@.refuse('ZA003', p_where, 'must be an object', 'Write {"type": "contains", "value": "…"}.');
  end if;
  perform @assay_private@.check_keys(p_assertion, p_where,
    array['type', 'value', 'threshold', 'weight', 'metric', 'config', 'transform', 'assert']);
  if jsonb_typeof(p_assertion -> 'type') is distinct from 'string' then
    perform @assay_private@.refuse('ZA003', p_where || '.type', 'must be a string', 'In this dialect no type is meant by itself.');
  elsif octet_length((p_assertion -> 'value')::text) > 65536 then
    perform @assay_private@.refuse('ZA008', p_where || '.value', 'larger than 64 KiB', 'Shorten it.');
  end if;

  v_plain := regexp_replace(v_type, '^not-', '');
  v_shape := v_shapes ->> v_plain;
  if v_shape is null or not p_strict and v_plain = 'assert-set' and (p_depth > 0 or v_type <> v_plain) then
    perform @assay_private@.refuse('ZA004', p_where || '.type', format('unknown assertion type %L', left(v_type, 60)),
      coalesce('Did you mean "' || @assay_private@.nearest(v_type, array(select jsonb_object_keys(v_shapes))) || '"?',
               'assay assertions list tells them all.'));
  elsif v_shape = 'known' then
    perform @assay_private@.refuse('ZA005', p_where || '.type', format('%L is known, but not built yet', v_type),
      'assay assertions list tells which are.');
  elsif coalesce(jsonb_typeof(p_assertion -> 'transform'), 'null') <> 'null' then
    perform @assay_private@.refuse('ZA005', p_where || '.transform', 'is code, and code is not run', 'Leave it out.');
  end if;

  foreach v_word in array array['threshold', 'weight'] loop
    if coalesce(jsonb_typeof(p_assertion -> v_word), 'null') not in ('null', 'number') then
      perform @assay_private@.refuse('ZA003', p_where || '.' || v_word, 'must be a number', 'Write it without quotes.');
    end if;
  end loop;
  if (p_assertion ->> 'weight')::numeric < 0 then
    perform @assay_private@.refuse('ZA003', p_where || '.weight', 'must not be below 0', 'With 0 it is told, and counts for nothing.');
  elsif v_shape = 'threshold' and p_assertion ->> 'threshold' is null then
    perform @assay_private@.refuse('ZA003', p_where || '.threshold', 'is missing', format('%L needs one.', left(v_type, 60)));
  end if;
  if coalesce(jsonb_typeof(p_assertion -> 'metric'), 'null') <> 'null' then
    perform @assay_private@.check_text(p_assertion -> 'metric', p_where || '.metric', 256, true);
  end if;
  if coalesce(jsonb_typeof(p_assertion -> 'config'), 'null') not in ('null', 'object') then
    perform @assay_private@.refuse('ZA003', p_where || '.config', 'must be an object', null);
  end if;
  if v_shape not in ('set', 'threshold', 'none') then
    perform @assay_private@.check_value(v_type, v_shape, p_assertion -> 'value', p_where || '.value', p_strict, p_templates);
  end if;

  v_list := coalesce(nullif(p_assertion -> 'assert', 'null'), '[]');
  if jsonb_typeof(v_list) <> 'array' then
    perform @assay_private@.refuse('ZA003', p_where || '.assert', 'must be a list', null);
  elsif v_shape not in ('set', 'part') and v_list <> '[]' then
    perform @assay_private@.refuse('ZA003', p_where || '.assert', format('%L has no members', left(v_type, 60)), null);
  elsif v_shape in ('set', 'part') and v_list = '[]' and (p_strict or v_plain <> 'assert-set') then
    perform @assay_private@.refuse('ZA003', p_where || '.assert', 'is missing or empty', 'Write a list of assertions.');
  elsif v_list <> '[]' and p_depth >= 8 then
    perform @assay_private@.refuse('ZA008', p_where || '.assert', 'more than 8 sets inside one another', 'Flatten it.');
  elsif jsonb_array_length(v_list) > 100 then
    perform @assay_private@.refuse('ZA008', p_where || '.assert', 'more than 100', 'Split it.');
  end if;
  for e in select * from jsonb_array_elements(v_list) loop
    perform @assay_private@.check_judged_assertion(e, p_where || '.assert[' || i || ']', p_strict, p_templates, p_depth + 1);
    i := i + 1;
  end loop;
end $$;
