#!/usr/bin/env bash
# Copies the backups to the storage at NII, and compares both sides. Dumps are only ever added there. WAL and snapshots
# follow what their tools keep; a run that would remove more than MOST objects stops instead, since a bucket that was
# emptied here must not be emptied there.
set -euo pipefail

failed=()
step() {
  echo "$*"
  rclone "$@" --bwlimit "$BANDWIDTH" --transfers 8 --checkers 16 --stats-one-line --stats 5m || failed+=("$*")
}

step copy --immutable "store:$DUMPS" "offsite:$TARGET/dumps"
step sync --max-delete "$MOST" "store:$WAL" "offsite:$TARGET/wal"
step sync --max-delete "$MOST" "store:$SNAPSHOTS" "offsite:$TARGET/snapshots"
# What came after the copy is not missing there.
for part in "$DUMPS:dumps" "$WAL:wal" "$SNAPSHOTS:snapshots"; do
  step check --one-way --size-only --min-age 1d "store:${part%%:*}" "offsite:$TARGET/${part##*:}"
done

if [ "${#failed[@]}" -gt 0 ]; then
  printf 'failed: %s\n' "${failed[@]}" >&2
  exit 1
fi
