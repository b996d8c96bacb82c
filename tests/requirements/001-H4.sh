#!/usr/bin/env bash
# Every kind of failure has one name in C++, SQL and JSON, with its meaning, whether to retry, and who is at fault.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
assay errors list --json >"$stage/errors"
equal "a JSON array" "$(sql -v errors="$(<"$stage/errors")" <<<"select jsonb_typeof(:'errors'::jsonb)")" array
names=$(sql -v errors="$(<"$stage/errors")" <<<"select string_agg(e ->> 'kind', ' ' order by e ->> 'kind') from jsonb_array_elements(:'errors'::jsonb) e")
equal "the names in SQL" "$(sql -c "select string_agg(k::text, ' ' order by k::text) from unnest(enum_range(null::assay_private.failure_kind)) k")" "$names"
for kind in rate_limited auth unavailable model_not_found timed_out context_too_long content_filter quota bad_request permission overloaded \
  malformed cancelled over_budget no_candidate; do
  [[ " $names " == *" $kind "* ]] || die "not listed: $kind"
done
equal "without retry, source or meaning" \
  "$(sql -v errors="$(<"$stage/errors")" <<<"select count(*) from jsonb_array_elements(:'errors'::jsonb) e where e ->> 'retry' not in ('yes', 'no') or e ->> 'source' = '' or e ->> 'meaning' = ''")" 0
