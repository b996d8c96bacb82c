#!/usr/bin/env bash
# A key by reference stays a reference: the file's own words are shown, never what the variable holds.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

export ANTHROPIC_API_KEY=sk-canary-of-this-row
assay config show tests/data/catalogue/litellm.yaml >"$stage/shown" 2>&1
grep -q "^claude-sonnet-4.api_key = os.environ/ANTHROPIC_API_KEY$" "$stage/shown" || die "the reference is not shown"
grep -q "^master_key = os.environ/LITELLM_MASTER_KEY$" "$stage/shown" || die "the master key's reference is not shown"
assay config show --origin >>"$stage/shown" 2>&1
assay secrets list >>"$stage/shown" 2>&1
grep -q "^providers.anthropic.api_key = (secret, fingerprint" "$stage/shown" || die "our own settings do not know the key"
! grep -q canary "$stage/shown" || die "the value is shown"
