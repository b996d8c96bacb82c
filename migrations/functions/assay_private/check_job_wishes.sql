-- Refuses a job's wishes that could not be asked for over its suite's defaults: a tool_choice of either side must name a tool
-- that is offered then. See check_wishes.
create or replace function @assay_private@.check_job_wishes(p_sampling jsonb, p_where text, p_suite bigint) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_defaults jsonb;
begin
  if jsonb_typeof(p_sampling) <> 'object' or not p_sampling ?| array['tools', 'tool_choice'] then
    perform @assay_private@.check_wishes(p_sampling, p_where, null);
    return;
  end if;
  select nullif(content -> 'defaults', 'null') into v_defaults from @assay_private@.suite where id = p_suite;
  perform @assay_private@.check_wishes(p_sampling, p_where, v_defaults -> 'tools');
  if p_sampling ->> 'tool_choice' is null then
    perform @assay_private@.check_tool_choice(v_defaults ->> 'tool_choice', nullif(p_sampling -> 'tools', 'null'), p_where || '.tools');
  end if;
end $$;
