#!/usr/bin/env bash
# Fills the registry with the images that infra/images.ts names, and says by which digests.
# shellcheck source-path=SCRIPTDIR source=environment.sh
. "$(dirname "$0")/environment.sh"

command -v skopeo >/dev/null || dnf install --assumeyes skopeo
host=${REGISTRY%%/*}
oci raw-request --http-method GET --target-uri "https://$host/20180419/docker/token" --query data.token --raw-output |
  skopeo login --username BEARER_TOKEN --password-stdin "$host"
npm run -s images -- "$STACK" | tee pushed

if [ "$SIGNING_KEY" != none ]; then
  key_version=$(oci kms management key get --key-id "$SIGNING_KEY" --query 'data."current-key-version"' --raw-output)
  sed -n "s|^pushed $host/[^/]*/\(.*\):.*@\(sha256:.*\)|\1 \2|p" pushed | while read -r repository digest; do
    image=$(oci artifacts container image list --compartment-id "$COMPARTMENT" --repository-name "$repository" \
      --query "data.items[?digest=='$digest'].id | [0]" --raw-output)
    oci artifacts container image-signature sign-upload --compartment-id "$COMPARTMENT" --image-id "$image" \
      --kms-key-id "$SIGNING_KEY" --kms-key-version-id "$key_version" --signing-algorithm SHA_256_RSA_PKCS_PSS
  done
fi

# The build goes on with what was written; a reviewer takes it over into the branch, so that every deployment has it.
if ! git diff --quiet -- infra/digests.json; then
  git -c user.name=delivery -c user.email=delivery@invalid commit --message 'Write the digests of mirrored images' infra/digests.json
  remote push --force origin "HEAD:refs/heads/digests-$(git rev-parse --short HEAD~)"
fi
