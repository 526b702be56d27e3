#!/usr/bin/env bash
# Fails unless WAL-G has finished a base backup within eight days, and archived WAL within two hours.
set -euo pipefail

recent() {
  rclone lsf --recursive --files-only --max-age "$1" --include "$2" "store:$BUCKET" | sort | tail -n 1
}

base=$(recent 8d '*_backup_stop_sentinel.json')
wal=$(recent 2h '**/wal_*/**')
echo "base backup: ${base:-none within 8 days}"
echo "WAL: ${wal:-none within 2 hours}"
[ -n "$base" ] && [ -n "$wal" ]
