# shellcheck shell=bash
# What every script shares: where the project is, how to say things, and how to install what is missing.
# Sourced, never run. Needs nothing but bash and, to install, apt.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
packages_file=$project/scripts/lib/packages

# One compiler cache serves every checkout on a machine.
export CCACHE_BASEDIR=$project CCACHE_NOHASHDIR=1

say() { printf '%s\n' "$*" >&2; }
die() { say "${0##*/}: $*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# as_root COMMAND…: runs it as root, by sudo where we are not.
as_root() {
  if ((EUID == 0)); then "$@"; else sudo -n -- "$@"; fi
}

# packages_of GROUP…: the packages of these groups, one a line.
packages_of() {
  local group package
  while read -r group package; do
    if [[ " $* " == *" $group "* ]]; then echo "$package"; fi
  done < "$packages_file"
}

# missing_packages GROUP…: those of them that are not installed.
missing_packages() {
  local package status wanted installed=" "
  mapfile -t wanted < <(packages_of "$@")
  while read -r package status; do
    if [[ $status == installed ]]; then installed+="$package "; fi
  done < <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null || true)
  for package in "${wanted[@]}"; do
    if [[ $installed != *" $package "* ]]; then echo "$package"; fi
  done
}

# need GROUP…: installs what these groups lack. Elsewhere than on Debian it only says what they are.
need() {
  if ! have apt-get || ! have dpkg-query; then
    say "This is not Debian: install the counterparts of these yourself: $(packages_of "$@" | tr '\n' ' ')"
    return 0
  fi
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  ((EUID == 0)) || { have sudo && sudo -n true 2>/dev/null; } ||
    die "these packages are missing and need root or sudo to install: ${missing[*]}"
  say "Installing ${missing[*]}"
  local log
  log=$(mktemp "${TMPDIR:-/tmp}/assay-apt.XXXXXX")
  without_default_cluster install_packages "$log" "${missing[@]}" || { tail -n 20 "$log" >&2; die "apt-get failed; its log is $log"; }
  rm -f "$log"
}

# install_packages LOG PACKAGE…: the lists on the machine first; fresh ones where those do not do.
install_packages() {
  local log=$1
  shift
  apt_get install --no-install-recommends "$@" >>"$log" 2>&1 && return
  apt_get update >>"$log" 2>&1 && apt_get install --no-install-recommends "$@" >>"$log" 2>&1
}

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

# without_default_cluster COMMAND…: while it runs, Debian's PostgreSQL package makes and starts no cluster of its own:
# scripts/pg has a private one.
without_default_cluster() {
  local conf=/etc/postgresql-common/createcluster.d/assay.conf result=0
  as_root mkdir -p "${conf%/*}"
  echo 'create_main_cluster = false' | as_root tee "$conf" >/dev/null
  "$@" || result=$?
  as_root rm -f "$conf"
  return "$result"
}
