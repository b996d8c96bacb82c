-- Makes the daily partitions of call, settlement and result from p_from (today, UTC) to p_from + p_ahead days. Cheap when
-- they exist. A new table is attached, so running statements are not blocked. Returns how many days were made.
create or replace function @assay_private@.ensure_partitions(p_ahead int default 7, p_from date default null) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_from date := coalesce(p_from, (now() at time zone 'utc')::date);
  v_day date;
  v_table text;
  v_name text;
  v_made int := 0;
begin
  for v_day in select v_from + n from generate_series(0, p_ahead) n loop
    continue when @assay_private@.has_partitions(v_day);
    perform pg_advisory_xact_lock(hashtext('@assay_private@.ensure_partitions'));
    foreach v_table in array array['call', 'settlement', 'result'] loop
      v_name := v_table || to_char(v_day, '_YYYYMMDD');
      continue when to_regclass('@assay_private@.' || v_name) is not null;
      execute format('create table @assay_private@.%I (like @assay_private@.%I including all)', v_name, v_table);
      execute format('alter table @assay_private@.%I attach partition @assay_private@.%I for values from (%L) to (%L)',
                     v_table, v_name, v_day, v_day + 1);
    end loop;
    v_made := v_made + 1;
  end loop;
  return v_made;
end $$;
