-- Whether a day's calls, settlements and results can be stored.
create or replace function @assay_private@.has_partitions(p_day date) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select bool_and(to_regclass('@assay_private@.' || t || to_char(p_day, '_YYYYMMDD')) is not null)
  from unnest(array['call', 'settlement', 'result']) t
$$;
