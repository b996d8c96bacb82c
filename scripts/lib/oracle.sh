# shellcheck shell=bash
# The real promptfoo beside a Node that can run it, from npm. Sourced, after common.sh.

# prepare_oracle: sets $oracle to a folder with node_modules/promptfoo and node_modules/.bin/node.
prepare_oracle() {
  oracle=${ASSAY_ORACLE_DIR:-${project:?source common.sh first}/.cache/oracle}
  if [[ -n ${ASSAY_ORACLE_DIR:-} ]] || oracle_is_fresh; then return 0; fi
  if ! have npm; then need oracle; fi
  have npm || die "npm is missing"
  say "Installing promptfoo into ${oracle#"$project/"}"
  rm -rf "$oracle"
  mkdir -p "$oracle"
  cp "$project"/tests/differential/package{,-lock}.json "$oracle"
  local log=$oracle/npm.log
  (cd "$oracle" && fetch_oracle) >"$log" 2>&1 || { tail -n 20 "$log" >&2; die "npm failed; its log is $log"; }
  sha256sum <"$project/tests/differential/package-lock.json" >"$oracle/installed"
}

# No scripts run but the one of the package `node`, which fetches the program for this machine. Not `npm ci`: it insists
# on optional parts for other machines, which the lock file leaves out.
fetch_oracle() {
  local quiet=(--no-audit --no-fund --loglevel=error)
  npm install --ignore-scripts --omit=optional --omit=peer "${quiet[@]}" && npm rebuild node "${quiet[@]}"
}

oracle_is_fresh() {
  [[ -x $oracle/node_modules/.bin/node ]] &&
    [[ $(cat "$oracle/installed" 2>/dev/null) == "$(sha256sum <"$project/tests/differential/package-lock.json")" ]]
}
