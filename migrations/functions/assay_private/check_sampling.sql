-- Refuses wishes that stand by themselves: a suite's defaults. See check_wishes.
create or replace function @assay_private@.check_sampling(p_sampling jsonb, p_where text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform @assay_private@.check_wishes(p_sampling, p_where, null);
end $$;
