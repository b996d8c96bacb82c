#!/usr/bin/env bash
# Three vendors in their own formats, over libcurl and nothing of theirs; each key comes from its vendor's variable.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "Paris"}}'
enqueue "$(one_case "capital of France?" '[{"type": "equals", "value": "Paris"}]')" \
  "'gpt-4o', 'claude-sonnet-4-20250514', 'gemini-2.5-flash'" >/dev/null
OPENAI_API_KEY=of-openai ANTHROPIC_API_KEY=of-anthropic GOOGLE_API_KEY=of-google work_bare \
  --set providers.openai.base_url="$FAKE_URL" --set providers.anthropic.base_url="$FAKE_URL" --set providers.gemini.base_url="$FAKE_URL"

equal "results" "$(sql -c "select string_agg(provider || ' ' || verdict, ',' order by provider) from assay.results")" \
  "anthropic pass,gemini pass,openai pass"
for way in openai:openai anthropic:anthropic gemini:google; do
  fake_calls | grep "\"dialect\":\"${way%:*}\"" | grep -qF "\"key\":\"$(fingerprint "of-${way#*:}")\"" ||
    die "no call in the format of ${way%:*} with the key of ${way#*:}: $(fake_calls)"
done
ldd "$(command -v assay)" >"$stage/libraries"
grep -q libcurl "$stage/libraries" || die "no libcurl: $(<"$stage/libraries")"
if grep -iE 'openai|anthropic|google|aws' "$stage/libraries"; then die "a vendor's library is linked"; fi
