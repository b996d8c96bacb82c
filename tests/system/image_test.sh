#!/usr/bin/env bash
# Builds the container image without a daemon and without a registry, and looks at what came out.
#
# buildah runs the real Dockerfile with chroot isolation. The base image cannot be pulled here, so a root file system of
# the same Debian release, made from the machine's own package source, is tagged with its name. Needs root, buildah and
# debootstrap; scripts/test --all installs them. Prints "N passed, N failed".
# shellcheck disable=SC2016  # $(REPO_URI) is apt's
set -euo pipefail
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

((EUID == 0)) || { echo "building an image with chroot isolation needs root"; exit 1; }
scratch=$(mktemp -d /var/tmp/assay-image.XXXXXX)
trap 'buildah umount --all >/dev/null 2>&1 || true; rm -rf --one-file-system "$scratch"' EXIT

base=docker.io/library/debian:12-slim
image=localhost/assay:test
good=0 bad=0

buildah() { command buildah --root "$scratch/storage" --runroot "$scratch/run" "$@"; }

main() {
  make_base
  buildah bud --isolation chroot --format docker --pull-never --layers=false \
    --file "$source_dir/docker/Dockerfile" --tag "$image" "$source_dir"
  container=$(buildah from --pull-never "$image")
  look_inside
  look_at_the_configuration
  echo "$good passed, $bad failed"
  ((bad == 0))
}

make_base() {
  local root=$scratch/base source container mounted
  source=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Release: bookworm' | head -n 1)
  debootstrap --variant=minbase bookworm "$root" "$source" >"$scratch/debootstrap.log" || { cat "$scratch/debootstrap.log"; return 1; }
  apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) main' 'Created-By: Packages' | sort -u >"$root/etc/apt/sources.list"
  apt-config dump | grep -E '^Acquire::(http|https|Check|Retries)' >"$root/etc/apt/apt.conf.d/10machine" || true
  container=$(buildah from scratch)
  mounted=$(buildah mount "$container")
  cp -a "$root/." "$mounted"
  buildah umount "$container" >/dev/null
  buildah commit --rm "$container" "$base" >/dev/null
  rm -rf "$root"
}

# expect WANTED COMMAND…
expect() {
  local wanted=$1 found
  shift
  found=$("$@" 2>&1) || true
  if [[ $found == *"$wanted"* ]]; then good=$((good + 1)); else bad=$((bad + 1)); echo "$*: wanted $wanted, found $found"; fi
}

inside() { buildah run --isolation chroot "$container" -- "$@"; }
refuses() { if "$@" >/dev/null 2>&1; then echo accepted; else echo refused; fi; }
configured() { buildah inspect --type image --format "$1" "$image"; }

look_inside() {
  expect "assay $(sed -n 's/^project(assay VERSION \([0-9.]*\).*/\1/p' "$source_dir/CMakeLists.txt")" inside assay version
  expect '"returned"' inside sh -c "printf '%s' '{\"body\":\"return 1\",\"output\":\"1\",\"context\":\"{}\"}' | assay-javascript 67108864"
  expect 10001 inside id -u
  expect refused refuses inside curl --version
  expect refused refuses inside g++ --version
  expect refused refuses inside touch /usr/local/bin/assay
  expect refused refuses inside assay healthcheck  # no worker runs in there
}

look_at_the_configuration() {
  expect 10001:10001 configured '{{.Docker.Config.User}}'
  expect 'assay healthcheck' configured '{{.Docker.Config.Healthcheck.Test}}'
  expect '[assay]' configured '{{.Docker.Config.Entrypoint}}'
  expect SIGTERM configured '{{.Docker.Config.StopSignal}}'
}

main "$@"
