#!/usr/bin/env bash
# A LiteLLM proxy's file is read as it is: seven public names with the vendors and models behind them.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

assay config check --format litellm tests/data/catalogue/litellm.yaml >"$stage/models"
equal "models" "$(tail -n +2 "$stage/models" | wc -l)" 7
for line in "claude-sonnet-4 +anthropic +claude-sonnet-4-20250514" "claude-opus-4 +anthropic" "gpt-4o +openai" "gpt-3.5-turbo +openai" \
  "gemini-pro +gemini" "llama-3.1-70b +together +meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo" "llama-3.1-8b +together"; do
  grep -Eq "^$line" "$stage/models" || die "not listed: $line"
done
# Our own schema, for the same thing.
printf "models:\n  llama-3.1-8b: { provider: together, model: meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo }\n" >"$stage/assay.yaml"
equal "the same in our own words" "$(assay models show llama-3.1-8b --config "$stage/assay.yaml" | sed -n "s/^model: //p")" \
  "meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo"
