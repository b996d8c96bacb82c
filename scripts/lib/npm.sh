# shellcheck shell=bash
# Programs of others that tests compare with, beside a Node that can run them, from npm. Sourced, after common.sh.

# npm_folder FOLDER SOURCE: FOLDER gets node_modules as SOURCE/package-lock.json pins them, and node_modules/.bin/node. Not
# again while the lock file is the same.
npm_folder() {
  local folder=$1 source=$2
  if npm_folder_is_fresh "$folder" "$source"; then return 0; fi
  if ! have npm; then need oracle; fi
  have npm || die "npm is missing"
  say "Installing from npm into ${folder#"${project:?source common.sh first}/"}"
  rm -rf "$folder"
  mkdir -p "$folder"
  cp "$source"/package{,-lock}.json "$folder"
  local log=$folder/npm.log
  (cd "$folder" && fetch_packages) >"$log" 2>&1 || { tail -n 20 "$log" >&2; die "npm failed; its log is $log"; }
  sha256sum <"$source/package-lock.json" >"$folder/installed"
}

# No scripts run but the one of the package `node`, which fetches the program for this machine. Not `npm ci`: it insists
# on optional parts for other machines, which the lock file leaves out.
fetch_packages() {
  local quiet=(--no-audit --no-fund --loglevel=error)
  npm install --ignore-scripts --omit=optional --omit=peer "${quiet[@]}" && npm rebuild node "${quiet[@]}"
}

npm_folder_is_fresh() {
  [[ -x $1/node_modules/.bin/node ]] && [[ $(cat "$1/installed" 2>/dev/null) == "$(sha256sum <"$2/package-lock.json")" ]]
}
