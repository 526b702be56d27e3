#!/usr/bin/env bash
# Checks the checkout, previews the change with the policy packs, and packs both for the deployment.
# shellcheck source-path=SCRIPTDIR source=environment.sh
. "$(dirname "$0")/environment.sh"

npm run -s check
npm test -s -- test/definition policies
# Against what is deployed, so that what was refused is looked at again with what follows it; before the first
# deployment, against the first parent, which a first commit does not have. A build's clone may have one commit alone.
base=$(deployed)
if [ "$(git rev-parse --is-shallow-repository)" = true ]; then remote fetch --unshallow origin; fi
if [ -z "$base" ]; then
  base=$(git rev-parse --verify --quiet 'HEAD^1' || true)
elif ! git cat-file -e "$base^{commit}"; then
  echo "$base is deployed and not in this clone: push it to a branch or a tag of the repository." >&2
  exit 1
fi
npm run -s review -- "$STACK" ${base:+--base "$base"}
preview --save-plan plan.json
git archive --format=tar HEAD >change.tar
git rev-parse HEAD >commit
tar --append --file change.tar plan.json commit infra/digests.json
gzip --force change.tar
