#!/usr/bin/env bash
# No model, no default: the shell and the SQL function refuse; what is unset is not on the wire (see the golden requests).
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

export DATABASE_URL=postgresql:///nowhere
result=0
assay enqueue examples/suites/sql-review.json >"$stage/out" 2>&1 || result=$?
equal "exit without a model" "$result" 2
open_database
suite=$(sql -v suite="$(one_case x '[]')" <<<"select assay.put_suite(:'suite')")
if sql -c "select assay.enqueue_job($suite, '{}')" 2>"$stage/refused"; then die "a job without a model was taken"; fi
grep -q 'p_models: must name 1 to 100 models' "$stage/refused" || die "it says: $(<"$stage/refused")"
