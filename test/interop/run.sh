#!/usr/bin/env bash
# Runs Yihao against clients that somebody else wrote, from Debian's packages. Not a part of `npm test`.
set -euo pipefail
cd "$(dirname "$0")/../.."

needed=()
[ -e /usr/lib/apache2/modules/mod_auth_openidc.so ] || needed+=(apache2 libapache2-mod-auth-openidc)
command -v oidc-agent >/dev/null || needed+=(oidc-agent-cli)
if [ ${#needed[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${needed[@]}" >/dev/null
  else
    echo "missing: ${needed[*]}; install them (Debian: apt-get install ${needed[*]}) and run this again" >&2
    exit 1
  fi
fi

npm run --silent build
bash test/interop/mod-auth-openidc.sh
bash test/interop/oidc-agent.sh
