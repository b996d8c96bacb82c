#!/usr/bin/env bash
# One job is a suite x models x repeats, and each combination is a cell that is asked once.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake "$(<examples/fake/demo.json)"
equal "job" "$(assay enqueue examples/suites/sql-review.json --model gpt-4o --model claude-sonnet-4-20250514 --repeats 3)" 1
equal "cells" "$(sql -c "select cells from assay.jobs")" 36
work
equal "combinations" "$(sql -c "select count(distinct (test_case, model, repeat)), count(*) from assay.results")" "36|36"
