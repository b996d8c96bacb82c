#!/usr/bin/env bash
# A registry and a worker share nothing but a database: the job goes in by SQL functions and the results come out of views.
# No proxy, no other server: Postgres and one worker are a complete system.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

unset LITELLM_PROXY_URL LITELLM_BASE_URL
open_database
open_fake "$(<examples/fake/demo.json)"

for suite in examples/suites/*.json; do enqueue "$(<"$suite")" "'gpt-4o', 'claude-sonnet-4-20250514'" >/dev/null; done
work --set executor.mode=native

equal "jobs" "$(sql -c "select count(*) filter (where state = 'finished') = 3 from assay.jobs")" t
equal "a result for every cell" \
  "$(sql -c "select (select count(*) from assay.results) = (select sum(cells) from assay.jobs) and count(*) > 0 from assay.results")" t
equal "errors" "$(sql -c "select sum(errors) from assay.jobs")" 0
equal "assertions were judged" "$(sql -c "select count(*) > 0 from assay.assertions where passed")" t
