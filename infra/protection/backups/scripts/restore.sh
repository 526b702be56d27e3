#!/usr/bin/env bash
# Restores one institution's dump into a database beside its own, and says what came of it. Nothing that is in use is
# touched: an operator compares, and then renames (docs/restoring.md).
set -euo pipefail
export PGPASSWORD
PGPASSWORD=$(<"$PASSWORD_FILE")

institution=$(<"$REQUEST/institution")
day=$(<"$REQUEST/day")
database=$(awk -v name="$institution" '$1 == name { print $2 }' "$DATABASES")
if [ -z "$database" ]; then
  echo "$institution has no database here" >&2
  exit 1
fi

target=${database}_${day//\//}
psql --no-password --dbname="$CONTROL" --set=ON_ERROR_STOP=1 --quiet <<SQL
drop database if exists "$target";
create database "$target" template template0 encoding 'UTF8';
SQL
rclone cat "store:$BUCKET/$day/$institution" |
  pg_restore --no-password --exit-on-error --single-transaction --no-owner --dbname="$target"
echo "restored into $target"
# What is no institution's has a name with an underscore, and no items.
if [[ $institution != _* ]]; then
  psql --no-password --dbname="$target" --tuples-only --no-align \
    --command="select count(*) || ' items, the last changed ' || coalesce(max(updated_at)::text, 'never') from item"
fi
