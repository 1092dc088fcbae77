#!/usr/bin/env bash
# The contract of the records store over the MongoDB protocol (`npm run test:mongo`); arguments go to jest.
# TEST_MONGODB_URL set: tests that server. Unset: builds FerretDB with Go into .cache/ (once) and runs it on loopback
# in a temporary folder. Without Go nothing is run and the status is 0; when it cannot be built the status is 3.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
source_folder=test/support/mongo
readonly build_limit_seconds=400

run_contract() {
  NODE_OPTIONS='--experimental-vm-modules --no-warnings' npx jest --ci test/contract/records-mongodb.test.ts "$@"
}

if [ -n "${TEST_MONGODB_URL:-}" ]; then
  run_contract "$@"
  exit
fi

if ! command -v go >/dev/null; then
  echo 'MongoDB half not run: Go is not installed and TEST_MONGODB_URL is not set'
  exit 0
fi

# Named after its sources, so that a change builds anew.
version=$(cat "$source_folder"/main.go "$source_folder"/go.mod "$source_folder"/go.sum | sha256sum | cut -c 1-16)
server=$PWD/.cache/ferretdb-$version
if [ ! -x "$server" ]; then
  mkdir -p .cache
  echo 'building FerretDB (about a minute, once)'
  if ! (cd "$source_folder" && GOTOOLCHAIN=local GOFLAGS='-mod=readonly -buildvcs=false' timeout "$build_limit_seconds" \
    go build -tags ferretdb_no_postgresql -o "$server.$$" .); then
    rm -f "$server.$$"
    echo 'MongoDB half not run: FerretDB could not be built (see above)'
    exit 3
  fi
  mv "$server.$$" "$server"
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/yihao-mongo.XXXXXX")
mkdir "$work/data"
"$server" "$work/data" >"$work/url" 2>"$work/log" &
server_id=$!
stop() {
  kill "$server_id" 2>/dev/null
  wait "$server_id" 2>/dev/null
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

for _ in $(seq 100); do
  [ ! -s "$work/url" ] || break
  kill -0 "$server_id" 2>/dev/null || break
  sleep 0.1
done
if [ ! -s "$work/url" ]; then
  cat "$work/log"
  echo 'FerretDB did not start (see above)'
  exit 1
fi

TEST_MONGODB_URL=$(cat "$work/url")
export TEST_MONGODB_URL TEST_MONGODB_IS_FERRETDB=yes
status=0
run_contract "$@" || status=$?
[ "$status" -eq 0 ] || tail -n 20 "$work/log"
exit "$status"
