#!/usr/bin/env bash
# Who asks names a model and nothing else: the rooms that run jobs know no vendor, and which one answers is routing's.
# Two assertion types have a vendor in their name: they are promptfoo's words, and ask for no provider.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

rooms=(lib/engine lib/job lib/queue lib/suite lib/assertions lib/postgres lib/http lib/curl)
if grep -rniE 'openai|anthropic|gemini|claude|gpt' "${rooms[@]}" --include=*.cpp --include=*.hpp | grep -vE '^[^:]*:[0-9]*: *///?|"is-valid-openai-[a-z-]*"'; then
  die "a vendor's name stands outside the adapters, routing and settings"
fi
ls lib/engine/*.cpp >/dev/null
open_database
open_fake '{"default": {"text": "Paris"}}'
enqueue "$(one_case x '[]')" "'gpt-4o', 'claude-sonnet-4-20250514'" >/dev/null
work
equal "who answered" "$(sql -c "select string_agg(model || ' by ' || provider, ',' order by cell) from assay.results")" \
  "gpt-4o by openai,claude-sonnet-4-20250514 by anthropic"
