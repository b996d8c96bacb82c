#!/usr/bin/env bash
# Each call has the key of its provider; a missing one is named before anything is sent; a local server needs none.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "Paris"}}'
enqueue "$(one_case x '[]')" "'gpt-4o', 'claude-sonnet-4-20250514', 'local/llama'" >/dev/null
OPENAI_API_KEY='' ANTHROPIC_API_KEY=of-anthropic work_bare --set providers.openai.base_url="$FAKE_URL" \
  --set providers.anthropic.base_url="$FAKE_URL" --set providers.local.base_url="$FAKE_URL" --set providers.local.auth=none

equal "results" "$(sql -c "select string_agg(verdict || coalesce(' ' || failure, ''), ',' order by cell) from assay.results")" \
  "error auth,unchecked,unchecked"
detail=$(sql -c "select details -> 'error' ->> 'detail' from assay.results where verdict = 'error'")
[[ $detail == *openai*OPENAI_API_KEY* ]] || die "it says: $detail"
equal "models that were asked" "$(fake_field model | sort | tr '\n' ' ')" "claude-sonnet-4-20250514 llama "
equal "the key of the vendor" "$(fake_calls | grep claude | grep -c "$(fingerprint of-anthropic)")" 1
