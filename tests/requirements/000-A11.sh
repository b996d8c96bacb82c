#!/usr/bin/env bash
# A running worker is asked by the same binary; alive and ready are two answers.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_fake
export DATABASE_URL="postgresql:///nowhere?host=$stage&user=nobody"
start_bare_worker
health_url() { sed -n 's/.* health=\(http:[^ ]*\).*/\1/p' "$worker_log" | tail -n 1; }
until_true "the worker says where its health server is" eval '[[ -n $(health_url) ]]'

until_true "it is alive" assay healthcheck --url "$(health_url)"
if assay healthcheck --ready --url "$(health_url)" >"$stage/ready"; then die "ready without a database"; fi
stop_worker

open_database
start_bare_worker
until_true "it is ready" eval 'assay healthcheck --ready --url "$(health_url)"'
stop_worker
grep -q 'HEALTHCHECK --interval=30s --timeout=10s .*--retries=3 CMD \["assay", "healthcheck"\]' docker/Dockerfile || die "the image asks otherwise"
