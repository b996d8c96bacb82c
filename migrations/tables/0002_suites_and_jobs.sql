-- before the deploy
-- What is to be tested, what was asked for, and how it ended: written once, never updated.
create table @assay_private@.suite (
  id         bigint generated always as identity primary key,
  tenant     text not null,
  hash       bytea not null,                   -- sha256 over content::text
  name       text not null,
  dialect    text not null,
  on_unknown text not null,
  cases      int not null,
  created_at timestamptz not null default now(),
  content    jsonb not null,
  unique (tenant, hash)
);
alter table @assay_private@.suite alter content set compression lz4;

-- What lists and views need of a suite's cases, so that nobody unpacks a whole suite for one title.
create table @assay_private@.suite_case (
  suite_id bigint not null,
  place    int not null,                       -- from 0, as in content -> 'cases'
  title    text not null,
  tags     text[] not null,
  primary key (suite_id, place)
);

create table @assay_private@.queue (
  name       text primary key,
  paused     boolean not null default false,
  created_at timestamptz not null default now()
);
insert into @assay_private@.queue (name) values ('default');

create table @assay_private@.job (
  id             bigint primary key,
  suite_id       bigint not null,
  max_cost_nanos bigint,                       -- null: no cap
  retry_of       bigint,
  created_at     timestamptz not null default now(),
  day            date not null,                -- UTC day of the enqueue: the partition of all it writes
  cases          int not null,                 -- test cases of the suite: the grid's fastest axis
  repeats        int not null,
  cells          int not null,
  share_cells    int not null,                 -- cells of each share but the last
  priority       smallint not null,            -- as asked for; what counts now stands on the shares
  tenant         text not null,
  queue          text not null,
  models         text[] not null,
  only_cells     int[],                        -- for a retry: the grid places its cells 0, 1, … stand for
  sampling       jsonb,
  metadata       jsonb,
  traceparent    text
);
create sequence @assay_private@.job_id as bigint;
create index job_created on @assay_private@.job using brin (created_at);
create index job_retry on @assay_private@.job (retry_of) where retry_of is not null;

create table @assay_private@.job_end (
  job_id          bigint primary key,
  token           bigint,                      -- of the lease that closed it; null when a person or the sweep did
  finished_at     timestamptz not null default clock_timestamp(),
  cost_nanos      bigint not null,             -- known costs of all calls booked under their lease
  unknown_nanos   bigint not null,             -- bounds of calls whose cost was not known then
  prompt_tokens   bigint not null,
  answer_tokens   bigint not null,
  score           float8,                      -- mean over the cells that were answered; null when none was
  job_day         date not null,
  passed          int not null,
  failed          int not null,
  errors          int not null,
  unchecked       int not null,
  unpriced        int not null,                -- calls with neither cost nor bound
  outcome         @assay_private@.job_outcome not null,
  tenant          text not null,
  reason          text
);
