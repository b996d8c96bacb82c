-- Removes a model that put_model added; false when there is none of that name. Calls under way end as they began.
create or replace function @assay@.drop_model(p_name text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from @assay_private@.model where name = p_name;
  if found then
    perform @assay_private@.bump_control();
    return true;
  end if;
  return false;
end $$;
comment on function @assay@.drop_model(text) is 'Removes a model that put_model added; false when there is none.';
