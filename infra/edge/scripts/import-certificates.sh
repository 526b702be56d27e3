#!/bin/bash
# Brings certificates that cert-manager has issued or renewed to the load balancers: a load balancer serves what Oracle's
# Certificates service holds, and that learns of a new one by this alone.
#
# Usage: import-certificates.sh DOORS CERTIFICATES
#   DOORS         file with a line for each certificate: its name, and its OCID
#   CERTIFICATES  folder with <name>/tls.crt (the certificate, then its chain) and <name>/tls.key
# Imports what differs, waits until it is served, and fails if one could not be brought, after trying all.
set -euo pipefail

doors=$1
certificates=$2
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Of a PEM file: its first certificate; all after it; as one line of JSON.
first() { sed '/END CERTIFICATE/q' "$1"; }
rest() { sed '1,/END CERTIFICATE/d' "$1"; }
line() { sed 's/$/\\n/' | tr -d '\n'; }

# The base64 of a certificate: line ends differ between the two sides.
essence() { sed '/-----/d' | tr -d '[:space:]'; }
served() {
  oci certificates certificate-bundle get --certificate-id "$1" --stage CURRENT \
    --query 'data."certificate-pem"' --raw-output | essence
}

bring() {
  local name=$1 id=$2 folder=$certificates/$1 new now
  if [[ ! -s $folder/tls.crt || ! -s $folder/tls.key ]]; then
    echo "$name: not issued yet"
    return 0
  fi
  new=$(first "$folder/tls.crt" | essence)
  now=$(served "$id") || return 1
  if [[ $now == "$new" ]]; then
    echo "$name: unchanged"
    return 0
  fi
  # As a file, so that no key stands in the list of processes. PEM has no sign that JSON would escape but line ends.
  cat >"$work/request.json" <<EOF
{
  "certificateId": "$id",
  "stage": "CURRENT",
  "certificatePem": "$(first "$folder/tls.crt" | line)",
  "certChainPem": "$(rest "$folder/tls.crt" | line)",
  "privateKeyPem": "$(line <"$folder/tls.key")"
}
EOF
  oci certs-mgmt certificate update-certificate-by-importing-config-details --force \
    --from-json "file://$work/request.json" --wait-for-state ACTIVE --wait-for-state FAILED >/dev/null || return 1
  # Oracle takes a version that it cannot use, such as one with another common name, and goes on with the old one.
  now=$(served "$id") || return 1
  if [[ $now != "$new" ]]; then
    echo "$name: was imported, but is not served" >&2
    return 1
  fi
  echo "$name: imported"
}

failed=0
while read -r name id; do
  bring "$name" "$id" </dev/null || failed=1
done <"$doors"
exit "$failed"
