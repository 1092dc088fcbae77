#!/usr/bin/env bash
# The keys of a PKCS#11 token against SoftHSM (`npm run test:hsm`); arguments go to jest.
# Installs softhsm2 and opensc by apt-get where they are missing, and makes a token in a temporary folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec </dev/null

if ! command -v softhsm2-util >/dev/null || ! command -v pkcs11-tool >/dev/null; then
  echo 'installing softhsm2 and opensc'
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q softhsm2 opensc >/dev/null
fi
for module in /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so; do
  [ ! -f "$module" ] || export YIHAO_PKCS11_MODULE=$module
done

work=$(mktemp -d "${TMPDIR:-/tmp}/yihao-hsm.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/tokens"
echo "directories.tokendir = $work/tokens" >"$work/softhsm2.conf"
export SOFTHSM2_CONF=$work/softhsm2.conf YIHAO_PKCS11_TOKEN=yihao YIHAO_PKCS11_PIN=56785678
softhsm2-util --init-token --free --label "$YIHAO_PKCS11_TOKEN" --so-pin 12341234 --pin "$YIHAO_PKCS11_PIN" >/dev/null

NODE_OPTIONS='--experimental-vm-modules --no-warnings' npx jest --ci --forceExit \
  --testMatch '<rootDir>/test/hsm/*.hsm.ts' "$@"
