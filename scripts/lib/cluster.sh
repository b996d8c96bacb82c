# shellcheck shell=bash
# One private PostgreSQL cluster in $cluster. Sourced by scripts/pg, after common.sh.

# cluster_at DIR: the directory that the functions below work on.
cluster_at() {
  cluster=$(realpath -m -- "$1")
  [[ $cluster =~ ^[A-Za-z0-9._/-]+$ ]] || die "use plain letters, digits and ._-/ in the directory's name: $cluster"
  socket=$cluster/.s.PGSQL.5432
  ((${#socket} <= 107)) || die "a socket's path may have 107 bytes; choose a shorter directory than $cluster"
  data=$cluster/data
  bin=$(newest_bin) || die "PostgreSQL's server programs are not installed; scripts/test and scripts/demo install them"
}

lock=

cluster_url() { echo "postgresql:///postgres?host=$cluster&user=postgres"; }

newest_bin() {
  local initdb
  initdb=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
  [[ -x $initdb ]] || initdb=$(type -P initdb) || return 1
  dirname "$initdb"
}

# The user that the server runs as: ourselves, or where we are root a service user.
owner() {
  if ((EUID != 0)); then id -un; elif id postgres >/dev/null 2>&1; then echo postgres; else echo assay-postgres; fi
}

# as_owner COMMAND…: from a directory and with a locale that exist for that user too.
as_owner() (
  if [[ -n ${lock:-} ]]; then exec {lock}<&-; fi  # a server that kept it would hold the lock for its whole life
  cd /
  export LC_ALL=C.UTF-8
  ((EUID == 0)) || exec "$@"
  exec setpriv --reuid="$(owner)" --regid="$(id -g "$(owner)")" --init-groups -- "$@"
)

start_cluster() {
  close_inherited_files
  make_directory
  take_turns
  [[ -s $data/PG_VERSION ]] || make_cluster
  if ! accepts_connections; then
    if (($#)) || [[ ! -e $data/assay.conf ]]; then write_settings "$@"; fi
    start_until_it_works
  elif (($#)); then
    say "It runs already; stop it first to change settings."
    return 1
  fi
}

# Two starts of one cluster wait for each other, and so does a removal.
take_turns() {
  [[ -e $cluster ]] || return 0
  exec {lock}<"$cluster"
  flock "$lock"
}

# A server must not keep a caller's pipes and lock files open.
close_inherited_files() {
  local file number
  for file in /proc/self/fd/*; do
    number=${file##*/}
    if ((number > 2 && number < 255)); then exec {number}<&-; fi
  done
}

make_directory() {
  if ((EUID == 0)) && ! id "$(owner)" >/dev/null 2>&1; then
    useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin "$(owner)"
  fi
  [[ -e $cluster ]] || mkdir -p "$(dirname "$cluster")"
  [[ -e $cluster ]] || install -d -m 0700 -o "$(owner)" -g "$(id -g "$(owner)")" "$cluster"
  [[ ! -L $cluster && $(stat -c %U "$cluster") == "$(owner)" ]] || die "$cluster belongs to somebody else"
  as_owner test -w "$cluster" || die "the user $(owner) cannot reach $cluster; choose a directory outside private ones"
}

# Made aside and renamed, so that a half-made cluster is never taken for a whole one.
make_cluster() {
  as_owner rm -rf "$data.new"
  as_owner "$bin/initdb" --pgdata="$data.new" --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
    >"$cluster/initdb.log" 2>&1 || { cat "$cluster/initdb.log" >&2; die "initdb failed"; }
  rm -f "$cluster/initdb.log"
  as_owner sh -c "echo \"include_if_exists 'assay.conf'\" >>'$data.new/postgresql.conf' && mv '$data.new' '$data'"
}

# write_settings NAME=VALUE…
write_settings() {
  local setting
  {
    printf '%s\n' "listen_addresses = ''" "unix_socket_directories = '$cluster'" 'port = 5432' 'fsync = on' \
      'max_connections = 200' "shared_buffers = '256MB'"
    for setting in "$@"; do printf "%s = '%s'\n" "${setting%%=*}" "${setting#*=}"; done
  } | as_owner tee "$data/assay.conf" >/dev/null
}

# After a crash the old processes need a moment to leave, and PostgreSQL refuses until they have.
start_until_it_works() {
  local deadline=$((SECONDS + 60))
  until as_owner "$bin/pg_ctl" --pgdata="$data" --log="$cluster/log" --wait --timeout=60 start >/dev/null 2>&1 &&
    accepts_connections; do
    if ((SECONDS >= deadline)); then
      tail -n 20 "$cluster/log" >&2
      die "PostgreSQL did not start; its log is $cluster/log"
    fi
    drop_dead_pid_file
    sleep 0.2
  done
}

# The pid file outlives a killed postmaster. PostgreSQL clears it away by itself, except where nobody has reaped the dead
# process yet (a container without an init): a zombie looks alive to it. The file goes only when the process is dead and
# no process works in the data directory any more.
drop_dead_pid_file() {
  local pid
  pid=$(postmaster_pid) || return 0
  if [[ $(process_state "$pid") == Z ]] && ! anyone_works_in_data; then as_owner rm -f "$data/postmaster.pid"; fi
}

postmaster_pid() { as_owner head -n 1 "$data/postmaster.pid" 2>/dev/null; }

process_state() { sed -n 's/^State:\s*\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null || true; }

anyone_works_in_data() {
  local process
  for process in /proc/[0-9]*/cwd; do
    if [[ $process -ef $data ]]; then return 0; fi
  done
  return 1
}

accepts_connections() { "$bin/pg_isready" --quiet --host="$cluster" --timeout=5; }

cluster_status() {
  accepts_connections || { echo "stopped: $cluster"; return 3; }
  echo "running, process $(postmaster_pid): $(cluster_url)"
}

stop_cluster() {
  [[ -e $data/postmaster.pid ]] || return 0
  as_owner "$bin/pg_ctl" --pgdata="$data" --mode=fast --wait --timeout=60 stop >/dev/null 2>&1 || ! anyone_works_in_data
}

kill_cluster() {
  local pid
  pid=$(postmaster_pid) || die "it does not run: $cluster"
  kill -KILL "$pid"
  while [[ $(process_state "$pid") == [!Z] ]]; do sleep 0.02; done
}

remove_cluster() {
  [[ -s $data/PG_VERSION ]] || return 0
  rm -rf -- "$data" "$data.new" "$cluster/log" "$socket" "$socket.lock"
  rmdir -- "$cluster"
}
