#!/usr/bin/env bash
# Fails unless a whole physical copy of the last eight days lies in file storage.
set -euo pipefail

newest=$(find "$FOLDER" -mindepth 1 -maxdepth 1 -type d -name '????-??-??' | sort | tail -n 1)
echo "physical backup: ${newest:-none}"
[ -n "$newest" ] && [[ ! "$(basename "$newest")" < "$(date -u -d '-8 days' +%Y-%m-%d)" ]]
gzip --test "$newest"/*.gz
