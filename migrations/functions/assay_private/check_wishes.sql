-- Refuses (ZA003, ZA008) what no provider could be asked for: the members of `defaults` and `sampling`, as suite::read_sampling
-- takes them; one table of cases holds for both (tests/data/suite/sampling.tsv). Null counts as absent.
-- p_tools: the tools that a tool_choice may name when p_wishes offers none; null: there are no others.
create or replace function @assay_private@.check_wishes(p_wishes jsonb, p_where text, p_tools jsonb) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  k text;
  v jsonb;
  v_number numeric;
  v_needs text;
begin
  if jsonb_typeof(p_wishes) <> 'object' then
    perform @assay_private@.refuse('ZA003', p_where, 'must be an object', 'Write {"temperature": 0, "max_tokens": 1024}.');
  end if;
  perform @assay_private@.check_keys(p_wishes, p_where, array[
    'temperature', 'max_tokens', 'top_p', 'seed', 'stop', 'top_k', 'frequency_penalty', 'presence_penalty', 'reasoning_effort',
    'reasoning_tokens', 'log_probs', 'response_format', 'tools', 'tool_choice', 'parallel_tool_calls', 'stream']);

  for k, v in select * from jsonb_each(p_wishes) where jsonb_typeof(value) <> 'null' loop
    v_number := case when jsonb_typeof(v) = 'number' then (v #>> '{}')::numeric end;
    v_needs := case k
      when 'temperature' then case when coalesce(v_number, -1) not between 0 and 2 then 'A number from 0 to 2.' end
      when 'top_p' then case when coalesce(v_number, -1) not between 0 and 1 then 'A number from 0 to 1.' end
      when 'frequency_penalty' then case when coalesce(v_number, 9) not between -2 and 2 then 'A number from -2 to 2.' end
      when 'presence_penalty' then case when coalesce(v_number, 9) not between -2 and 2 then 'A number from -2 to 2.' end
      when 'max_tokens' then
        case when coalesce(v_number, 0) not between 1 and 10000000 or v_number % 1 <> 0 then 'A whole number from 1 to 10000000.' end
      when 'top_k' then
        case when coalesce(v_number, 0) not between 1 and 10000000 or v_number % 1 <> 0 then 'A whole number from 1 to 10000000.' end
      when 'reasoning_tokens' then
        case when coalesce(v_number, -1) not between 0 and 10000000 or v_number % 1 <> 0 then 'A whole number from 0 to 10000000.' end
      when 'seed' then
        case when v_number is null or v_number not between -9223372036854775808 and 9223372036854775807 or v_number % 1 <> 0
          then 'A whole number of 64 bits.' end
      when 'stop' then
        case when jsonb_typeof(v) not in ('string', 'array') or jsonb_typeof(v) = 'array' and jsonb_array_length(v) > 16
                  or exists (select from jsonb_array_elements(case jsonb_typeof(v) when 'array' then v else jsonb_build_array(v) end) e
                             where jsonb_typeof(e) <> 'string' or octet_length(e #>> '{}') not between 1 and 256)
          then 'A text of 1 to 256 bytes, or a list of at most 16.' end
      when 'reasoning_effort' then
        case when jsonb_typeof(v) <> 'string' or v #>> '{}' not in ('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max')
          then 'Use none, minimal, low, medium, high, xhigh or max.' end
      when 'tool_choice' then
        case when jsonb_typeof(v) <> 'string' or v #>> '{}' !~ '^[A-Za-z0-9_-]{1,64}$'
          then 'Use auto, none, required, or the name of a tool.' end
      when 'response_format' then null
      when 'tools' then null
      else case when jsonb_typeof(v) <> 'boolean' then 'True or false.' end
    end;
    if v_needs is not null then
      perform @assay_private@.refuse('ZA003', p_where || '.' || k, 'not a value this can have', v_needs);
    end if;
  end loop;

  perform @assay_private@.check_response_format(nullif(p_wishes -> 'response_format', 'null'), p_where || '.response_format');
  perform @assay_private@.check_tools(nullif(p_wishes -> 'tools', 'null'), p_where || '.tools');
  perform @assay_private@.check_tool_choice(
    nullif(p_wishes -> 'tool_choice', 'null') #>> '{}', coalesce(nullif(p_wishes -> 'tools', 'null'), p_tools), p_where || '.tool_choice');
end $$;
