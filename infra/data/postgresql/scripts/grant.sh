#!/bin/bash
# Gives roles what the operator cannot, or would give late: it makes them with their flags, knows no memberships, and
# looks for new passwords now and then. Waits until the cluster is there and the operator has made them; the Job's
# deadline ends the waiting.
#
# PASSWORD_FILE  the superuser's password
# GRANTS         SQL
# PASSWORDS      a folder of files named as their roles, with their passwords
set -euo pipefail

PGPASSWORD=$(<"$PASSWORD_FILE")
export PGPASSWORD
ask() { psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 "$@"; }

until ask --single-transaction --file "$GRANTS"; do
  sleep 5
done
echo 'granted'

for file in "$PASSWORDS"/*; do
  # By the file's name, so that no password stands in the list of processes, and in no log of the server's either.
  ask --set role="$(basename "$file")" --set file="$file" <<'SQL'
set log_min_duration_statement = -1;
set log_min_error_statement = panic;
\set password `cat :'file'`
alter role :"role" password :'password';
SQL
done
echo 'passwords are set'
