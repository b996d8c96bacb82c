# shellcheck shell=bash
# The real promptfoo beside a Node that can run it. Sourced, after common.sh.
# shellcheck source=scripts/lib/npm.sh
source "${project:?source common.sh first}/scripts/lib/npm.sh"

# prepare_oracle: sets $oracle to a folder with node_modules/promptfoo and node_modules/.bin/node.
prepare_oracle() {
  oracle=${ASSAY_ORACLE_DIR:-$project/.cache/oracle}
  [[ -n ${ASSAY_ORACLE_DIR:-} ]] || npm_folder "$oracle" "$project/tests/differential"
}
