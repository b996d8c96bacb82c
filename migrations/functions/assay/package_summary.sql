-- What a registry shows beside a package: its finished test jobs of the last 30 days and the badge they earn.
-- A package is the job's metadata "package", or the suite's name. A run is a finished job with at least one answered cell.
create or replace view @assay@.package_summary as
select k.tenant, k.package, k.runs, k.score, k.models, k.passed, k.failed, k.errors, k.unchecked, k.last_run_at,
       case when k.runs >= 10 and k.score >= 0.9 and k.models >= 3 then 'platinum'
            when k.runs >= 5 and k.score >= 0.8 and k.models >= 2 then 'gold'
            when k.runs >= 3 and k.score >= 0.7 then 'silver'
            when k.runs >= 1 then 'bronze' end as badge,
       k.cost
from (
  select j.tenant, coalesce(j.metadata ->> 'package', u.name) as package, count(distinct j.id) as runs,
         round((avg(e.score) filter (where m.place = 1))::numeric, 9) as score, count(distinct m.model) as models,
         sum(e.passed) filter (where m.place = 1) as passed, sum(e.failed) filter (where m.place = 1) as failed,
         sum(e.errors) filter (where m.place = 1) as errors, sum(e.unchecked) filter (where m.place = 1) as unchecked,
         @assay_private@.dollars(sum(e.cost_nanos) filter (where m.place = 1)) as cost,
         max(e.finished_at) as last_run_at
  from @assay_private@.job_end e
  join @assay_private@.job j on j.id = e.job_id
  join @assay_private@.suite u on u.id = j.suite_id
  cross join lateral unnest(j.models) with ordinality m(model, place)
  where e.outcome = 'finished' and e.score is not null and e.finished_at >= now() - interval '30 days'
  group by 1, 2) k;
comment on view @assay@.package_summary is 'Finished runs of each package in the last 30 days and its badge.';
comment on column @assay@.package_summary.package is 'metadata "package" of the job, or the suite''s name';
comment on column @assay@.package_summary.score is 'mean of the runs'' scores';
comment on column @assay@.package_summary.badge is
  'platinum: 10 runs, score 0.9, 3 models; gold: 5, 0.8, 2; silver: 3, 0.7; bronze: 1; bounds inclusive';
