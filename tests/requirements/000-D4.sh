#!/usr/bin/env bash
# 4096 tokens unless said otherwise, and a suite or a job may say otherwise.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text_bytes": 40000}}'
limited='{"name": "row", "prompt": "Answer.", "cases": [{"title": "one", "input": "x"}], "defaults": {"max_tokens": 30}}'
enqueue "$(one_case x '[]')" "'claude-sonnet-4-20250514'" >/dev/null
enqueue "$limited" "'claude-sonnet-4-20250514'" >/dev/null
enqueue "$limited" "'claude-sonnet-4-20250514'" "p_sampling => '{\"max_tokens\": 20}'" >/dev/null
work
equal "tokens of the answers" "$(sql -c "select string_agg(output || ' ' || finish_reason, ',' order by job_id) from assay.results")" \
  "4096 length,30 length,20 length"
equal "temperature" "$(assay config show | sed -n 's/^defaults\.temperature *= *//p')" 0
