#!/usr/bin/env bash
# Signs a person in at an Apache that mod_auth_openidc guards, and out again at either end.
set -euo pipefail
cd "$(dirname "$0")/../.."
. test/interop/instance.sh

SITE_PORT=${SITE_PORT:-3941}
SITE=http://localhost:$SITE_PORT
modules=/usr/lib/apache2/modules

cat >"$WORK/site.json" <<JSON
{
  "clientId": "apache",
  "name": { "zh": "阿帕奇网站", "en": "Apache site" },
  "department": "示例省数据局",
  "purpose": "登录",
  "homeUrl": "$SITE/",
  "enabled": true,
  "legalBasis": {},
  "metadata": {
    "redirect_uris": ["$SITE/app/callback"],
    "post_logout_redirect_uris": ["$SITE/bye.html"],
    "backchannel_logout_uri": "$SITE/app/callback?logout=backchannel",
    "backchannel_logout_session_required": true,
    "grant_types": ["authorization_code"],
    "token_endpoint_auth_method": "none",
    "scope": "openid name"
  }
}
JSON
start_instance "$WORK/site.json"

mkdir -p "$WORK/www/app"
echo 'signed in' >"$WORK/www/app/index.html"
echo 'good bye' >"$WORK/www/bye.html"
chmod -R a+rX "$WORK"
cat >"$WORK/apache.conf" <<CONF
ServerName localhost
ServerRoot $WORK
PidFile $WORK/apache.pid
ErrorLog $WORK/apache.log
LogLevel warn auth_openidc:info
Listen $SITE_PORT
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authn_core_module $modules/mod_authn_core.so
LoadModule authz_core_module $modules/mod_authz_core.so
LoadModule authz_user_module $modules/mod_authz_user.so
LoadModule dir_module $modules/mod_dir.so
LoadModule mime_module $modules/mod_mime.so
LoadModule headers_module $modules/mod_headers.so
LoadModule auth_openidc_module $modules/mod_auth_openidc.so
TypesConfig /etc/mime.types
User www-data
Group www-data
DocumentRoot $WORK/www
OIDCProviderMetadataURL $ISSUER/.well-known/openid-configuration
OIDCClientID apache
OIDCProviderTokenEndpointAuth none
OIDCPKCEMethod S256
OIDCIDTokenSignedResponseAlg ES256
OIDCScope "openid name"
OIDCRedirectURI $SITE/app/callback
OIDCDefaultLoggedOutURL $SITE/bye.html
OIDCCryptoPassphrase only-for-this-run
OIDCRemoteUserClaim sub
OIDCPassClaimsAs environment
<Location /app>
  AuthType openid-connect
  Require valid-user
  Header always set X-Remote-User "expr=%{REMOTE_USER}"
  Header always set X-Person "%{OIDC_CLAIM_name}e"
</Location>
<Location /bye.html>
  Require all granted
</Location>
CONF
apache2 -X -f "$WORK/apache.conf" &
STARTED+=($!)
wait_for "$SITE/bye.html"

node test/interop/mod-auth-openidc.mjs "$ISSUER" "$SITE" || { tail -n 20 "$WORK/apache.log" "$WORK/yihao.log" >&2; exit 1; }
