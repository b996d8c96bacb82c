-- One row per judged assertion of every finished cell.
create or replace view @assay@.assertions as
select r.job_id, r.cell, r.tenant, r.test, r.test_case, r.model, r.repeat, (a.e ->> 'index')::int as index, a.e ->> 'type' as type,
       (a.e ->> 'passed')::boolean as passed, a.e ->> 'expected' as expected, a.e ->> 'found' as found, a.e ->> 'error' as error,
       r.verdict, r.created_at
from @assay@.results r
cross join lateral jsonb_array_elements(
  case jsonb_typeof(r.details) when 'array' then r.details
    else case jsonb_typeof(r.details -> 'assertions') when 'array' then r.details -> 'assertions' end end) a(e)
where a.e ? 'index';
comment on view @assay@.assertions is 'One row per judged assertion: what was expected, what was found, whether it passed.';
comment on column @assay@.assertions.error is 'why it could not be evaluated; then it neither passed nor failed';
