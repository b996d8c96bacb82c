-- Moves the control number when the caller's transaction commits. Takes a row that nobody holds: cancels in long
-- transactions do not wait for each other.
create or replace function @assay_private@.bump_control() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update @assay_private@.control set version = version + 1
  where slot = (select slot from @assay_private@.control order by slot limit 1 for update skip locked);
  if not found then
    insert into @assay_private@.control (slot, version) values (17 + floor(random() * 32000), 1)
    on conflict (slot) do update set version = control.version + 1;
  end if;
end $$;
