#!/usr/bin/env bash
# Tokens are kept by class and summed: fresh and cached input, output and reasoning have columns of their own.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"tokens": {"input": 120, "cached": 50, "output": 30}}}'
enqueue "$(one_case x '[]')" "'gpt-4o', 'claude-sonnet-4-20250514'" >/dev/null
work
equal "classes" "$(sql -c "select distinct input, cached_read, output + coalesce(reasoning, 0) from assay.results")" "70|50|30"
equal "sums of a result" "$(sql -c "select distinct prompt_tokens, answer_tokens from assay.results")" "120|30"
equal "sums of the job" "$(sql -c "select prompt_tokens, answer_tokens from assay.jobs")" "240|60"
sql -c "select input + cached_read + coalesce(cache_write_5m, 0) + coalesce(cache_write_1h, 0), output, reasoning from assay.calls" >/dev/null
