#!/usr/bin/env bash
# Each request has an id of its own that stands in the ledger, in the provider's books and in the log.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "Paris"}, "rules": [{"match": {"nth": 1}, "status": 500}]}'
enqueue "$(one_case x '[]')" "'gpt-4o'" "p_traceparent => '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'" >/dev/null
work --set log.level=debug --set retry.backoff=1ms
equal "ids" "$(fake_field id | tr '\n' ' ')" "1.0.1 1.0.2 "
equal "ledger" "$(sql -c "select string_agg(call_id, ' ' order by seq) from assay.calls")" "1.0.1 1.0.2"
for id in 1.0.1 1.0.2; do grep -q "call=$id" "$worker_log" || die "the log does not name $id"; done
