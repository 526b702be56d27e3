#!/bin/bash
# Makes a Handle server's folder from what is declared, and its tables, before it starts.
#
#   handle.sh FILES HOME AUTHORITY TABLES
#     FILES  what the Secret holds    HOME    the server's folder
#     AUTHORITY  handle of our prefix    TABLES  SQL that makes the tables
set -euo pipefail

files=$1 home=$2 authority=$3 tables=$4

mkdir -p "$home/logs"
ln -sf /dev/stdout "$home/logs/access.log"
ln -sf /dev/stderr "$home/logs/error.log"
cp "$files/config.dct" "$home/config.dct"

# The Handle System has a notation of its own for keys.
hdl-convert-key "$files/server.pem" -o "$home/privkey.bin"
hdl-convert-key "$files/server.pub.pem" -o "$home/pubkey.bin"
hdl-convert-key "$files/admin.pub.pem" -o "$home/admpub.bin"
sed "s|@PUBLIC_KEY@|$(base64 -w 0 "$home/pubkey.bin")|" "$files/siteinfo.json" >"$home/siteinfo.json"

PGPASSWORD=$(cat "$files/password") psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 \
  --set=authority="$authority" --file="$tables"
