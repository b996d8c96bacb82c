#!/usr/bin/env bash
# Models of one's own, with price, limits per minute and what is known of them.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

cat >"$stage/assay.yaml" <<'END'
models:
  gpt-4:
    provider: openai
    unit: per_thousand
    input: 0.03
    output: 0.06
    requests_per_minute: 200
    tokens_per_minute: 40000
    context_tokens: 8192
    task_types: [chat, code]
END
shown=$(assay models show gpt-4 --json --config "$stage/assay.yaml")
for part in '"provider":"openai"' '"requests_per_minute":200' '"tokens_per_minute":40000' '"context_tokens":8192' '"input":"30"' '"output":"60"' \
  '"source":"configuration"' '"task_types":["chat","code"]' '"configured":true'; do
  [[ $shown == *"$part"* ]] || die "$part is not in $shown"
done
equal "what a call costs" "$(assay models cost gpt-4 --in 1000 --out 1000 --config "$stage/assay.yaml" 2>/dev/null)" 0.090000000
