# Starts an instance with the demo's people in a folder of its own, for a script beside this one to source.
# ISSUER and WORK are set here.
WORK=$(mktemp -d /tmp/yihao-interop.XXXXXX)
ISSUER_PORT=${ISSUER_PORT:-3940}
ISSUER=http://localhost:$ISSUER_PORT
STARTED=()

clean_up() {
  for pid in "${STARTED[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$WORK"
}
trap clean_up EXIT

wait_for() {
  for _ in $(seq 1 100); do
    curl -fs -o /dev/null "$1" && return 0
    sleep 0.2
  done
  echo "$1 does not answer" >&2
  return 1
}

# Becomes the program, so that it is what a signal reaches: called in a shell of its own.
yihao() {
  exec env YIHAO_MODE=development YIHAO_ISSUER="$ISSUER" YIHAO_REGION_CODE=990000 YIHAO_REGION_NAME=示例省 \
    YIHAO_LISTEN_HOST=localhost YIHAO_LISTEN_PORT="$ISSUER_PORT" YIHAO_DATA_FOLDER="$WORK/data" \
    YIHAO_PRIVATE_SITE_HOSTS=localhost YIHAO_LOG_LEVEL=warn node dist/src/main.js "$@"
}

start_instance() {
  if curl -s -o /dev/null "$ISSUER/"; then
    echo "something answers at $ISSUER already; set ISSUER_PORT to another port" >&2
    return 1
  fi
  (yihao sites save "$1")
  (yihao seed >/dev/null)
  yihao serve >"$WORK/yihao.log" 2>&1 &
  STARTED+=($!)
  wait_for "$ISSUER/.well-known/openid-configuration"
}
