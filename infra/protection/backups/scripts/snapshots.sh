#!/usr/bin/env bash
# Snapshots all of Elasticsearch's indices to each repository, then removes snapshots that are older than KEEP days. The
# newest that succeeded always stays.
set -euo pipefail

name=kura-$(date -u +%Y.%m.%d-%H%M%S)
ask() {
  curl --silent --show-error --fail --config "$CREDENTIALS" --cacert "$AUTHORITY" --max-time 21600 "$@"
}

failed=()
for repository in $REPOSITORIES; do
  answer=$(
    ask --request PUT --header 'content-type: application/json' --data '{"include_global_state": false}' \
      "$URL/_snapshot/$repository/$name?wait_for_completion=true&filter_path=snapshot.state"
  ) || answer=
  if [ "$answer" != '{"snapshot":{"state":"SUCCESS"}}' ]; then
    echo "$repository/$name: ${answer:-no answer}" >&2
    failed+=("$repository")
    continue
  fi
  echo "$repository/$name: made"

  before=$(date -u -d "-$KEEP days" +%s)
  list=$(ask "$URL/_cat/snapshots/$repository?h=id,start_epoch")
  awk -v newest="$name" -v before="$before" '/^kura-/ && $1 != newest && $2 < before { print $1 }' <<<"$list" |
    while read -r old; do
      ask --request DELETE "$URL/_snapshot/$repository/$old" >/dev/null
      echo "$repository/$old: removed"
    done
done

if [ "${#failed[@]}" -gt 0 ]; then
  echo "no snapshot in: ${failed[*]}" >&2
  exit 1
fi
