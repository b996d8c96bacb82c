#!/usr/bin/env bash
# Every call has its cost to nine decimals and the price it was computed with, whose date and source are kept.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake "$(<examples/fake/demo.json)"
enqueue "$(<examples/suites/sql-review.json)" "'gpt-4o', 'claude-sonnet-4-20250514'" >/dev/null
work
equal "answered calls" "$(sql -c "select count(*) from assay.calls where state = 'answered'")" 12
equal "without a cost, a price, its date or its source" "$(sql -c "
  select count(*) from assay.calls where state = 'answered' and (cost is null or price is null or price ->> 'source' is null or price ->> 'from' is null)")" 0
equal "results without a cost" "$(sql -c "select count(*) from assay.results where cost is null or cost <= 0")" 0
equal "type" "$(sql -c "select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'assay.results'::regclass and attname = 'cost'")" numeric
equal "decimals" "$(sql -c "select distinct scale(cost) from assay.results")" 9
equal "the job's cost is the sum of its calls" "$(sql -c "select cost = (select sum(cost) from assay.calls) from assay.jobs")" t
