# Sourced by the steps: the tools, and the way to the state. What is secret comes from the vault by the pipeline's own
# identity, into files that only this user reads.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
umask 077
# The command line's and the provider's, each by its own name.
export OCI_CLI_AUTH=resource_principal TF_VAR_auth=ResourcePrincipal

# The version that package.json names, so that the engine and its SDK are one.
pulumi_version=$(sed -n 's/.*"@pulumi\/pulumi": "\(.*\)".*/\1/p' package.json)
node_version=$(sed -n 's/.*"node": "\(.*\)".*/\1/p' package.json)
tools=$HOME/.kura-tools
if [ ! -x "$tools/pulumi/pulumi" ]; then
  mkdir -p "$tools"
  curl --fail --silent --show-error --location \
    "https://get.pulumi.com/releases/sdk/pulumi-v$pulumi_version-linux-x64.tar.gz" | tar --extract --gzip --directory "$tools"
  curl --fail --silent --show-error --location \
    "https://nodejs.org/dist/v$node_version/node-v$node_version-linux-x64.tar.gz" |
    tar --extract --gzip --directory "$tools" --transform "s/^node-v$node_version-linux-x64/node/"
fi
export PATH=$tools/pulumi:$tools/node/bin:$PATH

# What the setting kura:delivery.credentials describes.
secrets=$(mktemp -d)
trap 'rm -rf "$secrets"' EXIT
oci secrets secret-bundle get --secret-id "$CREDENTIALS" --query 'data."secret-bundle-content".content' --raw-output |
  base64 --decode >"$secrets/bundle"
field() { node -p "JSON.parse(require('fs').readFileSync('$secrets/bundle', 'utf8')).$1"; }
field passphrase >"$secrets/passphrase"
printf '[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n' "$(field id)" "$(field secret)" >"$secrets/aws"

export PULUMI_BACKEND_URL=$STATE PULUMI_CONFIG_PASSPHRASE_FILE=$secrets/passphrase PULUMI_SKIP_UPDATE_CHECK=true
export AWS_SHARED_CREDENTIALS_FILE=$secrets/aws AWS_REGION=$REGION
# Oracle's S3 refuses bodies in signed chunks.
export AWS_REQUEST_CHECKSUM_CALCULATION=when_required AWS_RESPONSE_CHECKSUM_VALIDATION=when_required
# Plans that are saved and held to.
export PULUMI_EXPERIMENTAL=true

# Each pack with its configuration: Pulumi wants as many of the one as of the other.
packs=()
for pack in policies/*/PulumiPolicy.yaml; do
  pack=$(dirname "$pack")
  packs+=(--policy-pack "$pack" --policy-pack-config "policies/config/$(basename "$pack").json")
done

# Previews with the packs. A rule that meets a value which nobody knows yet is lowered to advice, and Pulumi passes: here
# it fails.
preview() {
  # What a deployment was making when it was killed may be there already: the next one would make it once more.
  pulumi stack export --stack "$STACK" >state.json || return
  if grep --quiet '"type": "creating"' state.json; then
    echo 'A deployment was interrupted: see "When `up` was interrupted" in docs/deploying.md.' >&2
    return 1
  fi
  rm state.json
  pulumi preview --stack "$STACK" --diff --refresh "${packs[@]}" "$@" 2>&1 | tee preview.log || return
  if grep --quiet "can't run policy" preview.log; then
    echo "A rule could not be judged: the lines above with \"can't run policy\" say which." >&2
    return 1
  fi
}

# The commit that was deployed last, if one was: as up.sh's message, or as Pulumi notes it of a clone by hand.
deployed() {
  pulumi stack history --stack "$STACK" --json --show-secrets=false --page-size 100 | node -e '
    const updates = JSON.parse(require("fs").readFileSync(0, "utf8"))
    const commits = updates
      .filter(({ kind, result }) => kind === "update" && result === "succeeded")
      .map(({ message, environment }) => (/^[0-9a-f]{40}$/.test(message) ? message : environment?.["git.head"]))
    console.log(commits.find(Boolean) ?? "")'
}

# The git server, by the token that it knows the pipeline by.
remote() {
  field token >"$secrets/token"
  git -c "credential.helper=!f() { echo username=oauth2; echo password=\$(cat '$secrets/token'); }; f" "$@"
}
