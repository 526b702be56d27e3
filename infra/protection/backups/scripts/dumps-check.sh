#!/usr/bin/env bash
# Fails unless every database has a dump of today or yesterday, and one of them, another each day, can be read to its end.
set -euo pipefail

dumps=$(
  for day in "$(date -u -d yesterday +%Y/%m/%d)" "$(date -u +%Y/%m/%d)"; do
    rclone lsf --format sp --separator ' ' "store:$BUCKET/$day" 2>/dev/null | sed "s|\$| $day|" || true
  done
)

missing=()
while read -r name _; do
  if ! awk -v name="$name" '$1 > 0 && $2 == name { found = 1 } END { exit !found }' <<<"$dumps"; then missing+=("$name"); fi
done <"$DATABASES"
if [ "${#missing[@]}" -gt 0 ]; then
  echo "no dump since yesterday: ${missing[*]}" >&2
  exit 1
fi

count=$(wc -l <<<"$dumps")
read -r _ name day < <(sed -n "$((10#$(date -u +%j) % count + 1))p" <<<"$dumps")
# Written out as SQL, so that all of it is decompressed.
rclone cat "store:$BUCKET/$day/$name" | pg_restore --file=/dev/null
echo "$count dumps; $day/$name can be read"
