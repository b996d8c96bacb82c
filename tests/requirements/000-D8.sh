#!/usr/bin/env bash
# The call holds a system and a user message, temperature 0 and at most 4,096 tokens. A null content is an empty answer:
# judged, and flagged. An answer without choices is an error.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"rules": [{"match": {"model": "gpt-4o"}, "fault": "null_content"}, {"match": {"model": "gpt-4o-mini"}, "fault": "no_choices"}]}'
enqueue "$(one_case question '[{"type": "contains", "value": "Paris"}]')" "'gpt-4o', 'gpt-4o-mini'" >/dev/null
work --set log.level=debug
equal "verdicts" "$(sql -c "select string_agg(concat_ws(' ', model, verdict, failure, empty), ', ' order by model) from assay.results")" \
  "gpt-4o fail t, gpt-4o-mini error malformed f"
sent=$(grep 'msg=request' "$worker_log" | tr -d '\134' | grep -m 1 '"model":"gpt-4o"')
for part in '"role":"system","content":"Answer."' '"role":"user","content":"question"' '"temperature":0' '_tokens":4096'; do
  [[ $sent == *"$part"* ]] || die "the request does not hold $part: $sent"
done
