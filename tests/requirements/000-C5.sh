#!/usr/bin/env bash
# One suite, two dialects, three modes: the same verdicts and scores, whichever way the calls take.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake "$(<examples/fake/demo.json)"
export LITELLM_PROXY_URL=$FAKE_URL LITELLM_API_KEY=sk-proxy
for mode in native proxy hybrid; do
  for suite in examples/suites/*.json; do enqueue "$(<"$suite")" "'gpt-4o', 'claude-sonnet-4-20250514'" >/dev/null; done
  work --set executor.mode=$mode
done

equal "jobs" "$(sql -c "select count(*) from assay.jobs where state = 'finished'")" 9
equal "cells with different ends" "$(sql -c "
  select count(*) from (select suite_id, cell from assay.results group by 1, 2
                        having count(*) <> 3 or count(distinct (verdict, score, response)) <> 1) d")" 0
equal "ways" "$(sql -c "select string_agg(distinct provider, ',') from assay.results")" "anthropic,litellm,openai"
equal "verdicts of both kinds" "$(sql -c "select count(distinct verdict) from assay.results where verdict in ('pass', 'fail')")" 2
