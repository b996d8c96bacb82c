#!/usr/bin/env bash
# Every category of the documents, with its lifecycle.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

life() { assay models list --provider "$1" | grep -E "^$1/$2 " | tr -s ' ' | cut -d' ' -f4; }
equal "Claude 3 haiku" "$(life anthropic claude-3-haiku-20240307)" current
equal "Claude 3 sonnet" "$(life anthropic claude-3-sonnet-20240229)" retired
equal "Claude 3 opus" "$(life anthropic claude-3-opus-20240229)" retired
for model in gpt-3.5-turbo gpt-4 gpt-4-turbo; do equal "$model" "$(life openai "$model")" current; done
for model in gemini-2.5-pro gemini-2.5-flash; do equal "$model" "$(life gemini "$model")" current; done
assay models list --provider openrouter | grep -q "^openrouter/" || die "nothing of OpenRouter"
printf 'models:\n  old: { provider: openai, lifecycle: deprecated }\n' >"$stage/assay.yaml"
equal "one's own" "$(assay models list --config "$stage/assay.yaml" | grep -E '^old ' | tr -s ' ' | cut -d' ' -f4)" deprecated
