#!/usr/bin/env bash
# The four variables are read by their names, and config show says which value came from which.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

env -i PATH="$PATH" DATABASE_URL=postgresql:///a LITELLM_PROXY_URL=http://proxy.test:4000 LITELLM_API_KEY=sk-one \
  ANTHROPIC_API_KEY=sk-two assay config show --origin >"$stage/settings"

says() { grep -Eq "$1" "$stage/settings" || die "no line like $1"; }
says '^database_url += \(secret.*# DATABASE_URL'
says '^proxy\.base_url += http://proxy\.test:4000 +# LITELLM_PROXY_URL'
says '^proxy\.api_key += \(secret.*# LITELLM_API_KEY'
says '^providers\.anthropic\.api_key += \(secret.*# ANTHROPIC_API_KEY'
if grep -E 'sk-one|sk-two|postgresql:///a' "$stage/settings"; then die "a secret is shown"; fi
