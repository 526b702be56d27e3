#!/usr/bin/env bash
# Copies the whole of PostgreSQL, as files, to file storage: <folder>/<day>/*.tar.gz. A copy that is not whole has
# another name, and is removed by the next run.
set -euo pipefail
export PGPASSWORD
PGPASSWORD=$(<"$PASSWORD_FILE")

day=$(date -u +%Y-%m-%d)
rm -rf "$FOLDER"/*.partial
if [ ! -d "$FOLDER/$day" ]; then
  pg_basebackup --pgdata="$FOLDER/$day.partial" --format=tar --gzip --compress=6 \
    --wal-method=stream --checkpoint=spread --no-password --label="kura $day"
  gzip --test "$FOLDER/$day.partial"/*.gz
  sync
  mv "$FOLDER/$day.partial" "$FOLDER/$day"
fi
echo "$day: $(du -sh "$FOLDER/$day" | cut -f1)"

# Names sort as their days do.
find "$FOLDER" -mindepth 1 -maxdepth 1 -type d -name '????-??-??' | sort | head -n "-$KEEP" | while read -r old; do
  rm -rf "$old"
  echo "removed $(basename "$old")"
done
