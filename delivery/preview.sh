#!/usr/bin/env bash
# Checks the checkout, previews the change with the policy packs, and packs both for the deployment.
# shellcheck source-path=SCRIPTDIR source=environment.sh
. "$(dirname "$0")/environment.sh"

npm run -s check
npm test -s -- test/definition policies
# Against what the branch held before: of a merge, the first parent. A first commit has none; of a clone of one commit
# alone it has to be fetched.
if [ "$(git rev-parse --is-shallow-repository)" = true ]; then remote fetch --deepen 1 origin; fi
base=()
if git rev-parse --verify --quiet 'HEAD^1' >/dev/null; then base=(--base 'HEAD^1'); fi
npm run -s review -- "$STACK" ${base[@]+"${base[@]}"}
preview --save-plan plan.json
git archive --format=tar HEAD >change.tar
tar --append --file change.tar plan.json infra/digests.json
gzip --force change.tar
