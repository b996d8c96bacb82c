#!/usr/bin/env bash
# In mode proxy every model, whatever its vendor, is asked over HTTP at the one upstream, with its key.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"require_key": true, "default": {"text": "Paris"}}'
export LITELLM_PROXY_URL=$FAKE_URL LITELLM_API_KEY=sk-proxy-of-this-row

enqueue "$(one_case "capital of France?" '[{"type": "equals", "value": "Paris"}]')" "'gpt-4o', 'claude-sonnet-4-20250514', 'house-model'" >/dev/null
work_bare --set executor.mode=proxy

equal "verdicts" "$(sql -c "select string_agg(distinct verdict || ' ' || provider, ',') from assay.results")" "pass litellm"
equal "calls at the proxy" "$(fake_calls | wc -l)" 3
equal "keys" "$(fake_field key | sort -u)" "$(fingerprint sk-proxy-of-this-row)"
