#!/bin/bash
# Makes the folder that a node reads its configuration from: the image's own, ours in its place, the keystore from a
# Secret, and the fault domain of the machine, which a pod can learn from Kubernetes' API alone.
#
# SOURCE, SETTINGS  the image's configuration, and ours
# SECRETS           files named as the settings of the keystore
# TOKEN, NODE       a folder of a service account that may read nodes, and the machine's name
# TARGET            the folder to make; users' files are links to TARGET/realm, which is mounted there later
set -euo pipefail

cp -r "$SOURCE/." "$TARGET/"
cp "$SETTINGS/elasticsearch.yml" "$TARGET/elasticsearch.yml"
cp "$SETTINGS/kura.options" "$TARGET/jvm.options.d/kura.options"
for file in users users_roles roles.yml; do
  ln -sf "realm/$file" "$TARGET/$file"
done

rm -f "$TARGET/elasticsearch.keystore"
ES_PATH_CONF=$TARGET elasticsearch-keystore create --silent
for secret in "$SECRETS"/*; do
  ES_PATH_CONF=$TARGET elasticsearch-keystore add --stdin --silent "$(basename "$secret")" <"$secret"
done

domain=$(
  curl --silent --show-error --fail --retry 5 --retry-all-errors --max-time 10 \
    --cacert "$TOKEN/ca.crt" --header @<(printf 'Authorization: Bearer %s' "$(<"$TOKEN/token")") \
    "https://kubernetes.default.svc/api/v1/nodes/$NODE" |
    sed -n 's/.*"oci\.oraclecloud\.com\/fault-domain": *"\([^"]*\)".*/\1/p' | head -n 1
)
if [[ -z $domain ]]; then
  echo "the node $NODE says no fault domain" >&2
  exit 1
fi
# An entry of its own before the first: the file is JSON.
sed -i "1s/{/{\n  \"node.attr.fault_domain\": \"$domain\",/" "$TARGET/elasticsearch.yml"
