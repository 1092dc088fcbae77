#!/usr/bin/env bash
# Lets oidc-agent, a public client on a person's own machine, get a token and renew it.
set -euo pipefail
cd "$(dirname "$0")/../.."
. test/interop/instance.sh

AGENT_PORT=${AGENT_PORT:-4242}

cat >"$WORK/site.json" <<JSON
{
  "clientId": "oidc-agent",
  "name": { "zh": "命令行工具", "en": "Command line" },
  "department": "示例省数据局",
  "purpose": "登录",
  "homeUrl": "http://localhost:$AGENT_PORT/",
  "enabled": true,
  "legalBasis": {},
  "metadata": {
    "redirect_uris": ["http://localhost:$AGENT_PORT"],
    "grant_types": ["authorization_code", "refresh_token"],
    "token_endpoint_auth_method": "none",
    "scope": "openid name offline_access"
  }
}
JSON
start_instance "$WORK/site.json"

export HOME=$WORK OIDC_ENCRYPTION_PW=only-for-this-run
eval "$(oidc-agent --no-autoload)" >/dev/null
STARTED+=("$OIDCD_PID")
# The agent's own page takes the way back; the browser comes from the script below.
oidc-gen yihao --issuer="$ISSUER/" --client-id=oidc-agent --client-secret= --scope='openid name offline_access' \
  --redirect-uri="http://localhost:$AGENT_PORT" --flow=code --no-url-call --no-scheme --prompt=none \
  --confirm-default --pw-env=OIDC_ENCRYPTION_PW >"$WORK/gen.log" 2>&1 </dev/null &
GEN=$!
for _ in $(seq 1 100); do
  ADDRESS=$(grep -o "$ISSUER/authorize[^ ]*" "$WORK/gen.log" | head -1) && break
  sleep 0.2
done
show_logs() { tail -n 20 "$WORK/gen.log" "$WORK/yihao.log" >&2; }
node test/interop/oidc-agent.mjs sign-in "$ADDRESS" || { show_logs; exit 1; }
wait "$GEN" || { show_logs; exit 1; }
# The longest time asked for is more than a token has left, so the second is a new one.
TOKENS=("$(oidc-token yihao)" "$(oidc-token --time=86400 yihao)")
node test/interop/oidc-agent.mjs tokens "$ISSUER" "${TOKENS[@]}"
