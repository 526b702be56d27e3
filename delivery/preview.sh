#!/usr/bin/env bash
# Checks the checkout, previews the change with the policy packs, and packs both for the deployment.
# shellcheck source-path=SCRIPTDIR source=environment.sh
. "$(dirname "$0")/environment.sh"

npm run -s check
npm test -s -- test/definition
npm run -s plan -- "$STACK"
pulumi preview --stack "$STACK" --diff --refresh --save-plan plan.json ${packs[@]+"${packs[@]}"}
git archive --format=tar HEAD >change.tar
tar --append --file change.tar plan.json infra/digests.json
gzip --force change.tar
