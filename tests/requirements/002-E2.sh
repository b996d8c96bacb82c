#!/usr/bin/env bash
# What the proxy offers, from itself; when it is away the command says why and exits 4.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_fake '{"models": ["gpt-4o", "llama-3.1-8b"]}'
export LITELLM_PROXY_URL=$FAKE_URL LITELLM_API_KEY=sk-proxy-of-this-row ASSAY_EXECUTOR_MODE=proxy
for from in proxy upstream; do
  assay models list --from "$from" >"$stage/$from"
  equal "listed from $from" "$(tail -n +2 "$stage/$from" | cut -d" " -f1 | tr "\n" " ")" "gpt-4o llama-3.1-8b "
done
assay providers check proxy >"$stage/health"
equal "health" "$(<"$stage/health")" "proxy: healthy"
equal "paid calls" "$(fake_calls | wc -l)" 0
kill -KILL "$fake_process"
wait "$fake_process" 2>/dev/null || true
code=0
assay models list --from proxy >"$stage/out" 2>&1 || code=$?
equal "exit code when it is away" "$code" 4
grep -q "^assay: unreachable: .*(litellm)$" "$stage/out" || die "no reason: $(<"$stage/out")"
if grep -q sk-proxy "$stage/out"; then die "the key is shown"; fi
