#!/bin/bash
# Registers the repositories of snapshots, and has Elasticsearch try out the one in object storage: whether all nodes
# reach it, and whether it behaves as a repository must. Registering again changes nothing.
#
# URL, AUTHORITY, USER, PASSWORD_FILE  Elasticsearch, and who asks
# REPOSITORIES                         a folder of <repository>.json
# ANALYSED                             the repository to try out
set -euo pipefail

ask() {
  curl --silent --show-error --fail-with-body --cacert "$AUTHORITY" \
    --config <(printf 'user = "%s:%s"\n' "$USER" "$(<"$PASSWORD_FILE")") \
    --header 'Content-Type: application/json' "$@"
}

until ask --max-time 10 --output /dev/null "$URL/_cluster/health?wait_for_status=yellow&timeout=5s"; do
  sleep 5
done
for file in "$REPOSITORIES"/*.json; do
  repository=$(basename "$file" .json)
  ask --max-time 300 --request PUT --data "@$file" "$URL/_snapshot/$repository"
  echo " $repository is registered"
done
# Small enough to end in minutes, large enough for uploads in parts.
ask --max-time 1500 --request POST \
  "$URL/_snapshot/$ANALYSED/_analyze?blob_count=100&max_blob_size=200mb&max_total_data_size=2gb&timeout=1200s"
echo "$ANALYSED behaves as a repository must"
