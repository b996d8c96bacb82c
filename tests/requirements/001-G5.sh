#!/usr/bin/env bash
# Five vendors' formats: golden requests and recorded answers, and each against a server; against the vendors themselves
# only where ASSAY_LIVE=1 asks for it. That the live test asks, and fails where it must, is shown on the fake.
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

build/release/bin/unit_providers --run_test=encode_cases,decode_cases
code=0
bash tests/system/live_test.sh build/release/bin || code=$?
((code == 0 || code == 77)) || die "the live test failed"

live() { env -u DATABASE_URL ASSAY_LIVE=1 bash tests/system/live_test.sh build/release/bin >"$stage/live" 2>&1 || code=$?; }
for name in OPENAI ANTHROPIC GEMINI AZURE OLLAMA; do unset "ASSAY_PROVIDERS_${name}_BASE_URL" "${name}_API_KEY"; done
unset GOOGLE_API_KEY
code=0
live
equal "without a key" "$code $(tail -n 1 "$stage/live")" "77 0 asked, 0 failed, 5 skipped"

open_fake '{"default": {"text": "Paris."}, "models": ["gpt-4o-mini", "claude-haiku-4-5", "gemini-2.5-flash", "llama3.2"],
  "rules": [{"match": {"dialect": "gemini"}, "text": "Lyon"}]}'
for name in OPENAI ANTHROPIC GEMINI AZURE OLLAMA; do export "ASSAY_PROVIDERS_${name}_BASE_URL=$FAKE_URL"; done
export OPENAI_API_KEY=stand-in ANTHROPIC_API_KEY=stand-in GOOGLE_API_KEY=stand-in AZURE_API_KEY=stand-in
export LIVE_MODEL_OLLAMA=llama3.2:1b
code=0
live
cat "$stage/live"
equal "with keys" "$code $(tail -n 1 "$stage/live")" "1 5 asked, 1 failed, 0 skipped"
equal "who was asked, whole and in a stream" "$(fake_field dialect | sort | uniq -c | tr -s ' ' | paste -sd,)" " 2 anthropic, 2 azure, 1 gemini, 2 ollama, 2 openai"
