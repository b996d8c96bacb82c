#!/usr/bin/env bash
# A worker that is started before its database and its provider waits for both: the order does not matter.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

later=$(mktemp -d /var/tmp/assay-later.XXXXXX)
chmod 0711 "$later"
trap 'scripts/pg remove "$later/pg" >/dev/null 2>&1 || true; rm -rf "$later"; leave_stage' EXIT
export DATABASE_URL="postgresql:///postgres?host=$later/pg&user=postgres"
open_fake '{"default": {"text": "Paris"}}'
port=${FAKE_URL##*:}
kill -KILL "$fake_process"

start_worker --set retry.backoff=100ms
until_true "the worker waits" grep -q 'waiting for the database' "$worker_log"
scripts/pg start "$later/pg" >"$stage/pg.log"
until_true "the worker waits for the schema too" grep -q 'assay migrate up' "$worker_log"
assay migrate up >"$stage/migrate.log"
enqueue "$(one_case "capital of France?" '[{"type": "equals", "value": "Paris"}]')" "'gpt-4o'" >/dev/null
until_true "the provider was tried" grep -q 'kind=unreachable' "$worker_log"
open_fake '{"default": {"text": "Paris"}}' "$port"
until_true "every job has ended" jobs_have_ended
stop_worker

equal "verdict" "$(sql -c "select verdict from assay.results")" pass
equal "calls that found nobody" "$(sql -c "select count(*) > 0 from assay.calls where failure = 'unreachable'")" t
