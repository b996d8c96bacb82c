#!/usr/bin/env bash
# Waiting, the provider's time, judging and our own overhead are four columns.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"latency_ms": 300}}'
enqueue "$(one_case x '[{"type": "contains", "value": "a"}]')" "'gpt-4o'" >/dev/null
work
equal "the provider's 300 ms are the provider's" "$(sql -c "select provider_ms >= 300 and overhead_ms < provider_ms from assay.results")" t
equal "each is measured" "$(sql -c "select waited_ms > 0 and provider_ms > 0 and judging_ms > 0 and overhead_ms > 0 from assay.results")" t
