#!/bin/bash
# Gives roles what the operator cannot: it makes them with their flags and passwords, but knows no memberships. Waits
# until the cluster is there and the operator has made them; the Job's deadline ends the waiting.
set -euo pipefail

PGPASSWORD=$(<"$PASSWORD_FILE")
export PGPASSWORD
until psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --single-transaction --file "$GRANTS"; do
  sleep 5
done
echo 'granted'
