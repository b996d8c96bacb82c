#!/usr/bin/env bash
# Anthropic, OpenAI, Google and Together are known without any settings; Together speaks OpenAI's format.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "Paris"}}'

assay providers list --json >"$stage/providers"
for vendor in anthropic openai gemini together; do
  grep -q "\"name\":\"$vendor\"" "$stage/providers" || die "not listed: $vendor"
done
assay config show >"$stage/settings"
for vendor in anthropic openai gemini together; do
  grep -Eq "^providers\.$vendor\.base_url += https://" "$stage/settings" || die "no provider $vendor"
done
grep -Eq '^providers\.together\.dialect += openai$' "$stage/settings" || die "Together's dialect"

enqueue "$(one_case "capital of France?" '[{"type": "equals", "value": "Paris"}]')" \
  "'anthropic/claude-sonnet-4-20250514', 'openai/gpt-4o', 'google/gemini-2.5-pro', 'together/meta-llama/Llama-3.3-70B'" >/dev/null
settings=()
for vendor in anthropic openai google together; do
  settings+=(--set "providers.$vendor.base_url=$FAKE_URL" --set "providers.$vendor.api_key=of-$vendor")
done
work_bare "${settings[@]}"

equal "providers" "$(sql -c "select string_agg(provider || ' ' || verdict, ',' order by provider) from assay.results")" \
  "anthropic pass,gemini pass,openai pass,together pass"
equal "the key of Together" "$(fake_calls | grep Llama | grep -c "$(fingerprint of-together).*\"dialect\":\"openai\"")" 1
