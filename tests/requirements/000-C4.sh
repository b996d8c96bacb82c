#!/usr/bin/env bash
# 120 s unless it is set; and what is set holds.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

equal "default" "$(assay config show | sed -n 's/^timeouts\.total *= *//p')" 120s
open_database
open_fake '{"default": {"latency_ms": 30000}}'
enqueue "$(one_case "capital of France?" '[{"type": "equals", "value": "Paris"}]')" "'gpt-4o'" >/dev/null
work --set timeouts.total=200ms --set timeouts.connect=100ms --set retry.max_calls=1
equal "result" "$(sql -c "select verdict, failure from assay.results")" "error|timed_out"
