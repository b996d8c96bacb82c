#!/usr/bin/env bash
# Mode hybrid with native_prefixes: Claude and GPT go to their vendors, everything else to the proxy.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "Paris"}}'
vendors=$FAKE_URL
open_fake '{"default": {"text": "Paris"}}'
printf "executor: { mode: hybrid, native_prefixes: [claude-, gpt-] }\nproxy: { base_url: \"%s\", api_key: sk-proxy }\n" "$FAKE_URL" >"$stage/assay.yaml"
for vendor in openai anthropic together; do export "ASSAY_PROVIDERS_${vendor^^}_BASE_URL=$vendors" "ASSAY_PROVIDERS_${vendor^^}_API_KEY=of-$vendor"; done

enqueue "$(one_case "capital of France?" '[{"type": "equals", "value": "Paris"}]')" \
  "'gpt-4o', 'claude-sonnet-4-20250514', 'llama-3.1-8b', 'together/meta-llama/Llama-3.3-70B'" >/dev/null
work_bare --config "$stage/assay.yaml"

equal "verdicts" "$(sql -c "select string_agg(provider || ' ' || verdict, ',' order by provider, model) from assay.results")" \
  "anthropic pass,litellm pass,litellm pass,openai pass"
equal "what the proxy was asked for" "$(fake_field model | sort | tr "\n" " ")" "llama-3.1-8b together/meta-llama/Llama-3.3-70B "
fake=$vendors
equal "what the vendors were asked for" "$(fake_field model | sort | tr "\n" " ")" "claude-sonnet-4-20250514 gpt-4o "
