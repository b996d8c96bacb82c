-- before the deploy
-- What few answers have, as one JSON object, null when there is nothing: an answer without any costs one bit. Its members, each
-- only when it says something: streamed, first_token_us, served_by, flags, dropped_parameters, seed_honoured,
-- reported_cost_nanos, cost_is_reported, tool_calls, reasoning, raw; of a settlement reported_cost_nanos and service_tier.
alter table @assay_private@.result add column extras jsonb;
alter table @assay_private@.result alter extras set compression lz4;
alter table @assay_private@.settlement add column extras jsonb;

-- Models that people added while workers run. Rates in nano-dollars per million tokens, as in pricing::Rates; null: no price is
-- known.
create table @assay_private@.model (
  name              text primary key,
  provider          text not null,               -- as configured: where its calls go
  model             text not null,               -- the name that travels
  mode              text not null,
  rates             jsonb,
  context_tokens    bigint,
  max_output_tokens bigint,
  tasks             text[] not null,
  lifecycle         text not null,
  changed_at        timestamptz not null default now()
);
create unique index model_price on @assay_private@.model (provider, model) where rates is not null;
