-- before the deploy
-- The hot tables: rows exist only while a job is open.

-- A share's id is its job's id * 2^20 + its place in the job, so a job's shares are one range of the primary key.
-- A renewal changes lease_until only, which no index and no index predicate names: it stays HOT.
create table @assay_private@.share (
  id            bigint primary key,
  job_id        bigint not null,
  token         bigint not null default 0,     -- grows by one with every claim and every rescue: the fence
  run_at        timestamptz not null,
  lease_until   timestamptz,
  job_day       date not null,
  first_cell    int not null,
  cell_count    int not null check (cell_count > 0),
  priority      smallint not null check (priority between 0 and 3),
  crashes       smallint not null default 0,   -- deaths of holders since the last finished cell
  alone_crashes smallint not null default 0,   -- those of them while it ran alone
  state         @assay_private@.share_state not null,
  alone         boolean not null default false,
  capped        boolean not null,              -- its job has max_cost: calls reserve on the job's meter
  solo          boolean not null,              -- its job's only share: its end is the job's end
  tenant        text not null,
  queue         text not null,
  worker        text,
  reason        text                           -- why it went back, for people
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
        autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000,
        autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000, autovacuum_vacuum_cost_delay = 0);
create index share_ready on @assay_private@.share (queue, priority, run_at, id) where state = 'ready' and crashes < 2;
create index share_suspect on @assay_private@.share (run_at) where state = 'ready' and crashes >= 2;
create index share_due on @assay_private@.share (run_at) where state in ('scheduled', 'throttled');
create index share_running on @assay_private@.share (id) where state = 'running';

-- Only for jobs with several shares or a cap.
create table @assay_private@.job_meter (
  job_id         bigint primary key,
  max_cost_nanos bigint,                       -- null: no cap, and then nothing is counted in the two below
  reserved_nanos bigint not null default 0,    -- bounds of calls without a known cost
  settled_nanos  bigint not null default 0,    -- known costs
  open_shares    int not null,
  frozen         boolean not null default false,  -- a bill was above its bound: nothing more is granted
  tenant         text not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);

create table @assay_private@.worker (
  id         text primary key,
  host       text not null,
  pid        int not null,
  version    text not null,
  slots      int not null,
  queues     text[] not null,
  state      text not null check (state in ('running', 'draining', 'stopped')),
  started_at timestamptz not null default now(),
  last_seen  timestamptz not null default now()
) with (fillfactor = 50);

-- The control number is the sum over the rows. Whoever bumps it takes any row that nobody holds, so that nobody waits.
create table @assay_private@.control (
  slot    smallint primary key,
  version bigint not null default 0
) with (fillfactor = 50);
insert into @assay_private@.control (slot) select generate_series(1, 16);
