-- Whether an answer names the model that was asked for: without what stands before the last slash, a date or "latest" at the
-- end, and differences of case.
create or replace function @assay_private@.same_model(p_asked text, p_served text) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select regexp_replace(lower(p_asked), '^.*/|[-@:](latest|[0-9]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2})$', '', 'g')
       = regexp_replace(lower(p_served), '^.*/|[-@:](latest|[0-9]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2})$', '', 'g')
$$;
