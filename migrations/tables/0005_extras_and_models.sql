-- before the deploy
-- What few answers have, as one JSON object, null when there is nothing: an answer without any costs one bit. Its members, each
-- only when it says something: streamed, first_token_us, served_by, flags, dropped_parameters, seed_honoured,
-- reported_cost_nanos, cost_is_reported, tool_calls, reasoning, raw; of a settlement reported_cost_nanos and service_tier.
alter table @assay_private@.result add column extras jsonb;
alter table @assay_private@.result alter extras set compression lz4;
alter table @assay_private@.settlement add column extras jsonb;

-- Models that people added while workers run. Rates in nano-dollars per million tokens; input null: no price is known.
create table @assay_private@.model (
  name              text primary key,
  provider          text not null,               -- as configured: where its calls go
  model             text not null,               -- the name that travels
  vendor            text not null,               -- whose price list it is
  input             bigint,
  cached_read       bigint,
  cache_write_5m    bigint,
  cache_write_1h    bigint,
  output            bigint,
  reasoning         bigint,
  context_tokens    bigint,
  max_output_tokens bigint,
  tasks             text[] not null default '{}',
  lifecycle         text not null default 'active',
  changed_at        timestamptz not null default now(),
  check ((input is null) = (output is null))
);
create unique index model_price on @assay_private@.model (vendor, model) where input is not null;
