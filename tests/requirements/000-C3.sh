#!/usr/bin/env bash
# The proxy's URL: what is given, then the environment, then nothing at all: no host and no port is assumed.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

unset LITELLM_PROXY_URL LITELLM_BASE_URL
url_of() { assay config "$@" show --origin | sed -n 's/^proxy\.base_url *= *//p' | tr -s ' '; }
equal "explicit" "$(LITELLM_PROXY_URL=http://b.test url_of --set proxy.base_url=http://a.test)" "http://a.test # --set"
equal "environment" "$(LITELLM_PROXY_URL=http://b.test url_of)" "http://b.test # LITELLM_PROXY_URL"
equal "default" "$(url_of)" "# default"
