#!/usr/bin/env bash
# The private PostgreSQL: durable through kill -9, startable twice at once, closed to other users, gone when removed.
set -euo pipefail
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
pg=$source_dir/scripts/pg

parent=$(mktemp -d /var/tmp/assay-pg-test.XXXXXX)
chmod 0711 "$parent"
dir=$parent/pg
trap '"$pg" remove "$dir" >/dev/null 2>&1 || true; rm -rf "$parent"' EXIT

good=0 bad=0

# expect WANTED COMMAND…: what the command prints
expect() {
  local wanted=$1 found
  shift
  found=$("$@" 2>&1) || true
  if [[ $found == "$wanted" ]]; then good=$((good + 1)); else bad=$((bad + 1)); echo "$*: expected $wanted, found $found"; fi
}

refuses() { if "$@" >/dev/null 2>&1; then echo accepted; else echo refused; fi; }
sql() { "$pg" psql "$dir" -qAtc "$1"; }
survives_a_crash() { "$pg" kill "$dir"; "$pg" start "$dir" >/dev/null; sql 'select count(*) from rows'; }
both_at_once() { "$pg" start "$dir" & "$pg" start "$dir"; wait $!; }

url="postgresql:///postgres?host=$dir&user=postgres"
expect "$url"$'\n'"$url" both_at_once
expect "$url" "$pg" start "$dir"
expect 'on||UTF8|C.UTF-8' sql "select current_setting('fsync'), current_setting('listen_addresses'),
  current_setting('server_encoding'), current_setting('lc_collate')"
expect 700 stat -c %a "$dir"
sql 'create table rows as select generate_series(1, 10000)'
for _ in 1 2 3; do expect 10000 survives_a_crash; done
expect refused refuses "$pg" start --set work_mem=1MB "$dir"
"$pg" stop "$dir"
expect "stopped: $dir" "$pg" status "$dir"
expect "$url" "$pg" start --set work_mem=9MB "$dir"
expect 9MB sql 'show work_mem'
expect refused refuses "$pg" start "/var/tmp/a name with spaces"
expect refused refuses "$pg" start "/var/tmp/$(printf 'x%.0s' {1..100})"
"$pg" remove "$dir"
expect refused refuses test -e "$dir"

echo "$good passed, $bad failed"
((bad == 0))
