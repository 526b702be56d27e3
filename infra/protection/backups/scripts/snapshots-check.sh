#!/usr/bin/env bash
# Fails unless each repository has a snapshot that succeeded within 26 hours.
set -euo pipefail

missing=()
for repository in $REPOSITORIES; do
  list=$(
    curl --silent --show-error --fail --config "$CREDENTIALS" --cacert "$AUTHORITY" \
      "$URL/_cat/snapshots/$repository?h=id,status,start_epoch"
  ) || list=
  newest=$(
    awk -v after="$(date -u -d '-26 hours' +%s)" \
      '/^kura-/ && $2 == "SUCCESS" && $3 > after { newest = $1 } END { print newest }' <<<"$list"
  )
  echo "$repository: ${newest:-none within 26 hours}"
  [ -n "$newest" ] || missing+=("$repository")
done
[ "${#missing[@]}" -eq 0 ]
