#!/usr/bin/env bash
# Carries out the plan that was previewed and approved; anything else that would change stops it.
# shellcheck source-path=SCRIPTDIR source=environment.sh
. "$(dirname "$0")/environment.sh"

npm ci --omit=optional --ignore-scripts
# The commit as the message: what the next change is reviewed against.
pulumi up --stack "$STACK" --yes --plan plan.json --message "$(cat commit)" "${packs[@]}"
