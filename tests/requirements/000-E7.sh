#!/usr/bin/env bash
# A vendor that refuses is an error, with its message and a score of 0; a wrong answer is a fail.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "London"}, "rules": [
  {"match": {"model": "gpt-4o"}, "status": 401, "error": {"code": "invalid_api_key", "message": "Incorrect key provided."}}]}'
enqueue "$(one_case x '[{"type": "equals", "value": "Paris"}]')" "'gpt-4o', 'claude-sonnet-4-20250514'" >/dev/null
work
equal "results" "$(sql -c "select string_agg(verdict || ' ' || coalesce(failure, '') || ' ' || score, ',' order by cell) from assay.results")" \
  "error auth 0,fail  0"
equal "message" "$(sql -c "select details -> 'error' ->> 'detail' from assay.results where verdict = 'error'")" "Incorrect key provided."
equal "counts" "$(sql -c "select passed, failed, errors from assay.jobs")" "0|1|1"
