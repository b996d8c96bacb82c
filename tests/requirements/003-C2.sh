#!/usr/bin/env bash
# Headers of one's own are sent; names that carry a key or belong to HTTP are refused.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

for name in authorization Host CONTENT-LENGTH api-key x-api-key x-goog-api-key cookie transfer-encoding; do
  printf 'providers:\n  mine:\n    base_url: http://localhost:1\n    auth: none\n    headers:\n      %s: x\n' "$name" >"$stage/assay.yaml"
  code=0
  assay config check "$stage/assay.yaml" >"$stage/out" 2>&1 || code=$?
  equal "$name" "$code" 2
  grep -q "assay.yaml:6:.*providers.mine.headers: $name is set by Assay and cannot be configured" "$stage/out" || die "$name: $(<"$stage/out")"
done
printf 'providers:\n  mine:\n    base_url: http://localhost:1\n    auth: none\n    headers:\n      X-Team: blue\n' >"$stage/assay.yaml"
assay config check "$stage/assay.yaml" >/dev/null
