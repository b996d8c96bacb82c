-- Refuses (ZA003) an assertion's value that its type cannot use. p_shape is the type's word in assertion_shapes. What only the
-- worker can tell (whether a schema or a template is one) is not asked here: such a test ends as an error that says why.
create or replace function @assay_private@.check_value(p_type text, p_shape text, p_value jsonb, p_where text, p_strict boolean,
                                                       p_templates boolean) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_kind text := coalesce(jsonb_typeof(p_value), 'nothing');
  v_text text := case when jsonb_typeof(p_value) = 'string' then p_value #>> '{}' end;
  v_rendered boolean := p_templates and v_text ~ '\{[{%#]';
  v_needs text;
  v_why text;
begin
  if p_templates and (v_text like 'file://%' or v_text like 'package:%') then
    perform @assay_private@.refuse('ZA003', p_where, 'names a file, and files are not read', 'Write its contents here.');
  end if;
  v_needs := case p_shape
    when 'any' then case when p_strict and v_kind = 'nothing' then 'a value' end
    when 'given' then case when v_kind = 'nothing' then 'a value' end
    when 'scalar' then case when v_kind not in ('string', 'number', 'boolean') then 'text, a number or a boolean' end
    when 'needle' then case when v_kind not in ('string', 'number') or v_text = '' then 'text that is not empty, or a number' end
    when 'filled' then case when v_kind <> 'string' or v_text = '' then 'text that is not empty' end
    when 'text' then case when v_kind <> 'string' then 'text' end
    when 'length' then
      case when v_kind <> 'number' and (v_kind <> 'string' or not v_rendered and btrim(v_text) !~ '^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?$')
        then 'a number' end
    when 'needles' then
      case when v_kind not in ('string', 'array') or v_text = '' then 'a list, or text with commas'
        when p_strict and v_kind = 'array' and (jsonb_array_length(p_value) = 0 or exists (
          select from jsonb_array_elements(p_value) e where jsonb_typeof(e) not in ('string', 'number') or e = '""'))
        then 'a list of texts and numbers, none of them empty' end
    when 'list' then
      case when v_kind not in ('string', 'array') or v_text = '' then 'a list, or text with commas'
        when v_kind = 'array' and (jsonb_array_length(p_value) = 0 or exists (
          select from jsonb_array_elements(p_value) e where jsonb_typeof(e) not in ('string', 'number') or e = '""'))
        then 'a list of texts and numbers, none of them empty' end
    when 'references' then
      case when v_kind not in ('string', 'array') then 'text, or a list of texts'
        when v_kind = 'array' and (jsonb_array_length(p_value) = 0 or exists (
          select from jsonb_array_elements(p_value) e where jsonb_typeof(e) <> 'string'))
        then 'text, or a list of at least one text' end
    when 'names' then
      case when v_kind not in ('string', 'array') or btrim(v_text, E' ,\t\n') = '' or v_kind = 'array' and jsonb_array_length(p_value) = 0
        then 'a list of names, or text with commas' end
    when 'count' then
      case v_kind when 'number' then null
        when 'string' then case when not v_rendered and btrim(v_text) !~ '^([+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?)?$' then 'a number' end
        when 'object' then
          case when not (p_value ? 'min' or p_value ? 'max') then 'min, max or both'
            when jsonb_typeof(p_value -> 'min') <> 'number' or jsonb_typeof(p_value -> 'max') <> 'number' then 'numbers as min and max'
            when (p_value ->> 'min')::numeric > (p_value ->> 'max')::numeric then 'a min that is not above its max' end
        else 'a number, or {"min": …, "max": …}' end
    when 'schema' then
      case when v_kind in ('nothing', 'null', 'object', 'string') then null
        when not p_strict and p_value in ('false', '0') then null
        else 'a JSON Schema: an object, or text that holds one' end
    when 'path' then
      case when v_kind <> 'object' or jsonb_typeof(p_value -> 'path') is distinct from 'string'
        or exists (select from jsonb_object_keys(p_value) k where k not in ('path', 'equals'))
        then '{"path": "a.b[0]", "equals": …}' end
    when 'choice' then
      case when coalesce(v_text, case when v_kind = 'object' then p_value ->> 'answer' end, '') !~ '^[A-Z]$'
        then 'a letter, or {"answer": "B", "choices": 4}' end
    when 'part' then
      case when v_kind = 'string' and v_text in ('last-line', 'answer', 'boxed', 'code') then null
        when v_kind = 'object' and (p_value ? 'after') <> (p_value ? 'code') then null
        else 'last-line, answer, boxed, code, {"after": "Answer:"} or {"code": "sql"}' end
    when 'numeric' then
      case when v_kind not in ('number', 'string', 'object') then 'a number, or {"value": …, "absolute": …, "relative": …}'
        when v_kind = 'object' and coalesce(jsonb_typeof(p_value -> 'value'), '') not in ('number', 'string') then 'an object with a value' end
    when 'tokens' then
      case when v_kind = 'number' then null
        when v_kind = 'object' and p_value <> '{}' and not exists (select from jsonb_each(p_value) e
          where e.key not in ('prompt', 'completion', 'total') or jsonb_typeof(e.value) <> 'number') then null
        else 'a number, or numbers as prompt, completion and total' end
    when 'elements' then case when v_kind in ('number', 'boolean') and p_strict then 'a list of paths, or text with commas' end
    when 'options' then case when v_kind not in ('nothing', 'null', 'object') and (p_strict or v_kind <> 'array') then '{"databaseType": …}' end
    when 'object' then case when v_kind <> 'object' then 'an object' end
    when 'matcher' then case when v_kind not in ('string', 'array', 'object') then 'text, a list or an object' end
    when 'sequence' then case when v_kind not in ('array', 'object') then 'a list, or an object with steps' end
  end;
  if p_shape = 'pattern' then
    if p_strict and v_kind = 'object' then
      if jsonb_typeof(p_value -> 'pattern') is distinct from 'string' or p_value ->> 'pattern' = ''
         or exists (select from jsonb_each(p_value) e where e.key not in ('pattern', 'flags') or jsonb_typeof(e.value) <> 'string') then
        v_needs := '{"pattern": "…", "flags": "i"}';
      end if;
    elsif v_kind <> 'string' or v_text = '' then
      v_needs := 'text that is not empty';
    elsif not v_rendered then
      v_why := @assay_private@.check_regex(v_text);
    end if;
  end if;
  if v_needs is not null then
    perform @assay_private@.refuse('ZA003', p_where, format('%L needs %s', left(p_type, 60), v_needs), null);
  elsif v_why is not null then
    perform @assay_private@.refuse('ZA006', p_where, format('regex construct not supported: %s', v_why),
      'Only patterns whose JavaScript meaning is kept exactly are taken.');
  end if;
end $$;
