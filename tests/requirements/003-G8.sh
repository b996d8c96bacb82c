#!/usr/bin/env bash
# Embeddings: the model is the one that is named or configured, never a guess; vectors come back with their usage.
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_fake
export OPENAI_API_KEY=stand-in ASSAY_PROVIDERS_OPENAI_BASE_URL=$FAKE_URL
code=0
assay embed x 2>"$stage/refusal" || code=$?
equal "exit code without a model" "$code" 2
grep -q 'no model for embeddings' "$stage/refusal" || die "it says: $(<"$stage/refusal")"
equal "calls without a model" "$(fake_calls | wc -l)" 0

assay embed --set defaults.embedding_model=openai/text-embedding-3-small x >"$stage/vector" 2>"$stage/summary"
grep -Eqx '\[(-?[0-9.e-]+,){7}-?[0-9.e-]+\]' "$stage/vector" || die "no vector of eight numbers: $(<"$stage/vector")"
grep -q '^1 vectors of 8 by openai/text-embedding-3-small, [0-9]* tokens (provider), cost \$' "$stage/summary" || die "it says: $(<"$stage/summary")"

assay embed --model openai/text-embedding-3-large --dimensions 16 --json a b a >"$stage/json"
equal "three vectors" "$(grep -o '\[\(-\?[0-9.e-]*,\)\{15\}-\?[0-9.e-]*\]' "$stage/json" | wc -l)" 3
grep -Eq '"usage":\{"prompt_tokens":[1-9][0-9]*,"source":"provider"\},"cost":"0\.[0-9]{9}"' "$stage/json" || die "no usage: $(<"$stage/json")"
equal "asked for" "$(fake_field model | paste -sd' ' -)" "text-embedding-3-small text-embedding-3-large"
