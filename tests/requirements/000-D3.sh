#!/usr/bin/env bash
# A model that nobody serves is an error that names it and the nearest ones; nothing is sent.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake
enqueue "$(one_case "hello" '[{"type": "contains", "value": "x"}]')" "'gtp-4o'" >/dev/null
work
equal "result" "$(sql -c "select verdict, failure, calls from assay.results")" "error|model_not_found|0"
detail=$(sql -c "select details -> 'error' ->> 'detail' from assay.results")
[[ $detail == *'"gtp-4o"'*'did you mean gpt-4o'* ]] || die "it says: $detail"
equal "calls" "$(fake_calls | wc -l)" 0
if assay results 1 >"$stage/out"; then die "exit 0"; fi
