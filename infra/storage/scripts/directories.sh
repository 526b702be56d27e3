#!/bin/sh
# Makes folders for a user: directories.sh ROOT OWNER FOLDER...
set -eu
root=$1
owner=$2
shift 2
for folder; do
  # Its mode is given while it is still root's.
  [ -d "$root/$folder" ] || mkdir -m 0750 "$root/$folder"
  chown "$owner:$owner" "$root/$folder"
done
