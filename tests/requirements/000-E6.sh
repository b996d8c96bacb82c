#!/usr/bin/env bash
# A result has everything a page about it shows; it is written in one statement with the job's state.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "Paris"}}'
enqueue "$(one_case x '[{"type": "equals", "value": "Paris"}, {"type": "contains", "value": "London"}]')" "'gpt-4o'" >/dev/null
work
equal "result" "$(sql -c "
  select test_case, model, verdict, score, response, provider_ms > 0, prompt_tokens > 0, cost > 0 from assay.results")" \
  "0|gpt-4o|fail|0.5|Paris|t|t|t"
equal "assertions" "$(sql -c "select string_agg(type || ' ' || passed, ',' order by index) from assay.assertions")" "equals true,contains false"
equal "one transaction" "$(sql -c "
  select count(distinct x) from (select xmin::text as x from assay_private.result union all
                                 select xmin::text from assay_private.job_end) t")" 1
