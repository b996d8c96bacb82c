-- Stores a suite given as jsonb. Postgres itself refuses NUL (22P05) before this runs; the text form says where it is.
create or replace function @assay@.put_suite(p_content jsonb, p_tenant text default 'default') returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_hash bytea;
  v_id bigint;
begin
  if p_content is null then
    perform @assay_private@.refuse('ZA001', 'p_content', 'is null', 'Give the suite as JSON.');
  end if;
  perform @assay_private@.check_name(p_tenant, 'p_tenant');
  v_hash := sha256(convert_to(p_content::text, 'UTF8'));
  select id into v_id from @assay_private@.suite where tenant = p_tenant and hash = v_hash;
  if found then
    return v_id;
  end if;

  perform @assay_private@.check_suite(p_content);
  insert into @assay_private@.suite (tenant, hash, name, dialect, on_unknown, cases, content)
  values (p_tenant, v_hash, p_content ->> 'name', coalesce(p_content ->> 'dialect', 'prpm'),
          coalesce(p_content ->> 'on_unknown', 'repeat'), jsonb_array_length(p_content -> 'cases'), p_content)
  on conflict do nothing
  returning id into v_id;
  if v_id is null then
    select id into strict v_id from @assay_private@.suite where tenant = p_tenant and hash = v_hash;
  else
    insert into @assay_private@.suite_case (suite_id, place, title, tags)
    select v_id, c.place - 1, c.e ->> 'title', array(select jsonb_array_elements_text(coalesce(c.e -> 'tags', '[]')))
    from jsonb_array_elements(p_content -> 'cases') with ordinality c(e, place);
  end if;
  return v_id;
end $$;
comment on function @assay@.put_suite(jsonb, text) is
  'Stores a suite and returns its id; the same content (per tenant) gives the same id. Refuses with class ZA what could not be run exactly.';
