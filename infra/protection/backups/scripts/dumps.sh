#!/usr/bin/env bash
# Dumps this worker's share of the databases to <bucket>/<year>/<month>/<day>/<institution>. Run again on the same day,
# it dumps what is missing: an object under a retention rule cannot be written twice.
set -euo pipefail
export PGPASSWORD
PGPASSWORD=$(<"$PASSWORD_FILE")

day=$(date -u +%Y/%m/%d)
present=$(rclone lsf "store:$BUCKET/$day" 2>/dev/null || true)

dump() {
  local name=$1 database=$2 pipe upload
  pipe=$(mktemp -u)
  mkfifo "$pipe"
  rclone rcat "store:$BUCKET/$day/$name" <"$pipe" &
  upload=$!
  # Held open by this shell too: at an end of file, what has been sent so far would become an object.
  exec 3>"$pipe"
  rm "$pipe"
  if pg_dump --format=custom --compress=6 --no-password --dbname="$database" >&3; then
    exec 3>&-
    wait "$upload"
  else
    kill "$upload"
    wait "$upload" || true
    exec 3>&-
    return 1
  fi
}

failed=()
line=0
while read -r name database; do
  worker=$((line++ % WORKERS))
  if [ "$worker" -ne "$JOB_COMPLETION_INDEX" ]; then continue; fi
  if grep -qxF "$name" <<<"$present"; then
    echo "$name: there already"
  elif dump "$name" "$database" </dev/null; then
    echo "$name: dumped"
  else
    failed+=("$name")
  fi
done <"$DATABASES"

if [ "${#failed[@]}" -gt 0 ]; then
  echo "not dumped: ${failed[*]}" >&2
  exit 1
fi
