#!/usr/bin/env bash
# The documents' own names of keys are read, each by its provider; two that differ are an error.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

OPENAI_KEY=x assay secrets list >"$stage/secrets"
grep -Eq "^providers.openai.api_key +OPENAI_KEY +\(secret, fingerprint $(fingerprint x | cut -c1-8)\)$" "$stage/secrets" || die "OPENAI_KEY is not read"
found=$(OPENAI_KEY=a ANTHROPIC_KEY=b GOOGLE_API_KEY=c AZURE_API_KEY=d assay secrets list | grep -o "^providers[^ ]*" | sort | tr "\n" " ")
equal "all four" "$found" "providers.anthropic.api_key providers.azure.api_key providers.gemini.api_key providers.openai.api_key "
code=0
OPENAI_KEY=a OPENAI_API_KEY=b assay secrets list >"$stage/out" 2>&1 || code=$?
equal "two that differ" "$code" 2
grep -q "OPENAI_API_KEY and OPENAI_KEY both give providers.openai.api_key and differ" "$stage/out" || die "both names are not told"
