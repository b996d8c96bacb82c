-- before the deploy
-- Insert-only, one partition a day of the job's enqueue date. No DEFAULT partition: ensure_partitions() makes them ahead.

-- Price snapshots, each once; calls point to them.
create table @assay_private@.price (
  id      int generated always as identity primary key,
  content text collate "C" not null unique check (length(content) <= 2000 and content::jsonb is not null)
);

-- The intent of every call, committed before its socket opens.
create table @assay_private@.call (
  job_id       bigint not null,
  token        bigint not null,
  bound_nanos  bigint,                         -- null: price unknown
  begun_at     timestamptz not null default now(),
  job_day      date not null,
  cell         int not null,
  seq          int not null,                   -- 1, 2, … within the cell
  price_id     int,
  purpose      @assay_private@.purpose not null,
  tenant       text not null,
  worker       text not null,
  provider     text not null,
  model        text not null,
  request_hash bytea,
  primary key (job_day, job_id, cell, seq)
) partition by range (job_day);

-- How calls ended that left no result: failures, cuts, and answers of holders whose lease was lost. A call with neither a
-- result nor a row here is open or unknown.
create table @assay_private@.settlement (
  job_id         bigint not null,
  token          bigint not null,
  cost_nanos     bigint,                       -- null: not known, the bound stays charged
  input          bigint,
  cached_read    bigint,
  cache_write_5m bigint,
  cache_write_1h bigint,
  output         bigint,
  reasoning      bigint,
  booked_at      timestamptz not null default now(),
  job_day        date not null,
  cell           int not null,
  seq            int not null,
  status         int not null default 0,       -- HTTP, 0: no answer
  failure        @assay_private@.failure_kind, -- null: it answered
  usage_source   @assay_private@.usage_source not null,
  late           boolean not null,             -- booked after its lease was lost; with failure null: an orphan
  tenant         text not null,
  worker         text not null,
  request_id     text,
  detail         text,
  usage_raw      text,
  primary key (job_day, job_id, cell, seq)
) partition by range (job_day);
create index settlement_late on @assay_private@.settlement (job_id) where late;

-- One row per cell: what it ended with.
create table @assay_private@.result (
  job_id            bigint not null,
  token             bigint not null,
  cost_nanos        bigint,                    -- of the answering call; null: not known
  score             float8 not null,
  created_at        timestamptz not null default now(),
  input             bigint,
  cached_read       bigint,
  cache_write_5m    bigint,
  cache_write_1h    bigint,
  output            bigint,
  reasoning         bigint,
  job_day           date not null,
  cell              int not null,
  seq               int not null,              -- the call that answered; 0: none did
  waited_us         int,
  provider_us       int,
  judging_us        int,
  overhead_us       int,
  verdict           @assay_private@.verdict not null,
  failure           @assay_private@.failure_kind,
  usage_source      @assay_private@.usage_source not null,
  text_escaped      boolean not null,
  text_truncated    boolean not null,
  tenant            text not null,
  requested_model   text not null,
  provider          text,
  served_model      text,                      -- null: as requested
  finish_reason     text,
  finish_reason_raw text,                      -- null: as finish_reason
  request_id        text,
  service_tier      text,
  fingerprint       text,
  usage_raw         text,
  refusal           text,
  details           jsonb,
  response          text,
  primary key (job_day, job_id, cell),
  check ((verdict = 'error') = (failure is not null))
) partition by range (job_day);
alter table @assay_private@.result alter response set compression lz4, alter details set compression lz4,
  alter usage_raw set compression lz4, alter refusal set compression lz4;

-- Values that the settling functions hand to each other.
create type @assay_private@.call_key as (job_id bigint, job_day date, cell int, seq int);
create type @assay_private@.gone_share as (
  id bigint, job_id bigint, job_day date, token bigint, first_cell int, cell_count int, solo boolean, capped boolean);
create type @assay_private@.progress as (done int[], prior_cells int[], prior_calls int[], prior_unknown boolean[], prior_counted int[]);
