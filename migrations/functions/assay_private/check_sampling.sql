-- Refuses (ZA003) sampling wishes that no provider would understand: {temperature, max_tokens, top_p, seed, stop}.
create or replace function @assay_private@.check_sampling(p_sampling jsonb, p_where text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  k text;
  v jsonb;
  v_ok boolean;
begin
  if jsonb_typeof(p_sampling) <> 'object' then
    perform @assay_private@.refuse('ZA003', p_where, 'must be an object', 'Write {"temperature": 0, "max_tokens": 1024}.');
  end if;
  perform @assay_private@.check_keys(p_sampling, p_where, array['temperature', 'max_tokens', 'top_p', 'seed', 'stop']);
  for k, v in select * from jsonb_each(p_sampling) loop
    if k = 'stop' then
      v_ok := jsonb_typeof(v) = 'array' and jsonb_array_length(v) <= 16
              and not exists (select from jsonb_array_elements(v) e where jsonb_typeof(e) <> 'string' or e #>> '{}' = ''
                                                                          or octet_length(e #>> '{}') > 256);
    else
      v_ok := jsonb_typeof(v) = 'number';
      if v_ok then
        v_ok := case k
          when 'temperature' then (v #>> '{}')::numeric between 0 and 2
          when 'top_p' then (v #>> '{}')::numeric between 0 and 1
          when 'max_tokens' then (v #>> '{}')::numeric between 1 and 10000000 and (v #>> '{}')::numeric % 1 = 0
          else (v #>> '{}')::numeric between -9223372036854775808 and 9223372036854775807 and (v #>> '{}')::numeric % 1 = 0
        end;
      end if;
    end if;
    if not v_ok then
      perform @assay_private@.refuse('ZA003', p_where || '.' || k, 'not a value this can have', case k
        when 'temperature' then 'A number from 0 to 2.'
        when 'top_p' then 'A number from 0 to 1.'
        when 'max_tokens' then 'A whole number from 1 to 10000000.'
        when 'seed' then 'A whole number of 64 bits.'
        else 'A list of at most 16 strings of 1 to 256 bytes.' end);
    end if;
  end loop;
end $$;
