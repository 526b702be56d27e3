#!/usr/bin/env bash
# Fails where what runs is not what is declared, and tells the operators what differs.
# shellcheck source-path=SCRIPTDIR source=environment.sh
. "$(dirname "$0")/environment.sh"

npm ci --omit=optional --ignore-scripts
if preview --expect-no-changes >differences 2>&1; then
  echo 'nothing differs'
else
  tail -n 200 differences
  oci ons message publish --topic-id "$TOPIC" --title "Kura $STACK: what runs is not what is declared" \
    --body "$(tail -c 60000 differences)" >/dev/null
  exit 1
fi
