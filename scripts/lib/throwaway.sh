# shellcheck shell=bash
# A database that lasts as long as one script. Sourced, after common.sh.

throwaway=

# start_throwaway_database [--set NAME=VALUE]…: sets and exports ASSAY_TEST_DATABASE_URL, an administrator's URL of an empty server.
start_throwaway_database() {
  throwaway=$(mktemp -d /var/tmp/assay-throwaway.XXXXXX)
  chmod 0711 "$throwaway"  # the server's user passes through it
  ASSAY_TEST_DATABASE_URL=$("${project:?source common.sh first}/scripts/pg" start "$@" "$throwaway/pg")
  export ASSAY_TEST_DATABASE_URL
}

remove_throwaway_database() {
  if [[ -z $throwaway ]]; then return 0; fi
  "$project/scripts/pg" remove "$throwaway/pg" >/dev/null 2>&1 || true
  rm -rf -- "$throwaway"
  throwaway=
}
