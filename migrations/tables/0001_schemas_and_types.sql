-- before the deploy
-- The three schemas and the closed lists that C++, SQL and JSON share by name.
create schema if not exists @assay@;
create schema if not exists @assay_worker@;
create schema if not exists @assay_private@;
comment on schema @assay@ is 'For people: functions to enqueue and steer test jobs, views to read them.';
comment on schema @assay_worker@ is 'What workers call: versioned functions.';
comment on schema @assay_private@ is 'Tables and helpers. Nobody is granted anything here.';

create type @assay_private@.share_state as enum ('scheduled', 'ready', 'throttled', 'running');
create type @assay_private@.job_outcome as enum ('finished', 'cancelled', 'quarantined');
create type @assay_private@.verdict as enum ('pass', 'fail', 'error', 'unchecked');
create type @assay_private@.purpose as enum ('answer', 'judge', 'embedding');
create type @assay_private@.usage_source as enum ('provider', 'estimated', 'none');
create type @assay_private@.failure_kind as enum (
  'rate_limited', 'quota', 'overloaded', 'unavailable', 'unreachable', 'timed_out', 'auth', 'permission',
  'model_not_found', 'bad_request', 'context_too_long', 'content_filter', 'malformed', 'cut_off', 'cancelled',
  'over_budget', 'no_candidate', 'outcome_unknown', 'internal');
