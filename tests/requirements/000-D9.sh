#!/usr/bin/env bash
# An answer without usage is estimated and says so; its tokens and its cost are not zero.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"usage": "missing"}}'
enqueue "$(one_case x '[]')" "'gpt-4o', 'claude-sonnet-4-20250514'" >/dev/null
work
equal "source" "$(sql -c "select string_agg(distinct usage_source, ',') from assay.results")" estimated
equal "tokens and cost" "$(sql -c "select bool_and(prompt_tokens > 0 and answer_tokens > 0 and cost > 0) from assay.results")" t
