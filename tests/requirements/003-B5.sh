#!/usr/bin/env bash
# Vectors from every dialect that makes them, alike for like texts; a program has them by Client::embed.
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

build/release/bin/unit_client --run_test=client_lists
build/release/bin/unit_providers --run_test=lists/of_vectors_are_asked_for_and_read_as_the_cases_say
bash tests/system/examples_test.sh build/release/bin
open_fake
seven_dialects
for model in d-openai/embed d-azure/embed d-gemini/text-embedding-004 d-bedrock/amazon.titan-embed-text-v2:0 d-ollama/nomic-embed-text; do
  assay embed --config "$seven_settings" --model "$model" "a cat" "a cat" "a dog" >"$stage/vectors" 2>"$stage/summary"
  equal "vectors of $model" "$(wc -l <"$stage/vectors")" 3
  equal "different ones of $model" "$(sort -u "$stage/vectors" | wc -l)" 2
done
code=0
assay embed --config "$seven_settings" --model d-anthropic/claude-sonnet-4-20250514 x 2>"$stage/refusal" || code=$?
equal "exit code of a vendor that makes none" "$code" 2
