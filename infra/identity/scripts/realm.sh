#!/bin/bash
# Brings a realm of Keycloak to what is declared, as often as it is asked: the realm, the profile of its users, a client,
# and an identity provider with its mappers. What it does not name stays as it is: people, and what operators added.
#
#   realm.sh SERVER FILES CLIENT SECRET
#     SERVER  Keycloak's address    FILES   folder of representations
#     CLIENT  admin client          SECRET  file of its secret; beside it, as SECRET.former, the one before
set -euo pipefail

server=$1 files=$2 client=$3 secret=$4
settings=$(mktemp)
trap 'rm -f "$settings"' EXIT

kcadm() { kcadm.sh "$@" --config "$settings"; }

# The value of a text that stands on a line of its own in a representation.
field() { # NAME FILE
  sed -n "s/^  \"$1\": \"\(.*\)\",\{0,1\}\$/\1/p" "$2"
}

# What is found in a list by one of its fields: its id, or nothing.
found() { # RESOURCE FIELD VALUE
  local id value list
  list=$(kcadm get "$1" -r "$realm" --fields "id,$2" --format csv --noquotes --limit 1000)
  while IFS=, read -r id value; do
    if [[ $value == "$3" ]]; then printf '%s' "$id"; fi
  done <<<"$list"
}

log_in() { # FILE
  KC_CLI_CLIENT_SECRET=$(cat "$1") kcadm config credentials --server "$server" --realm master --client "$client"
}

if ! log_in "$secret"; then
  # Keycloak has not been told of the new secret yet.
  log_in "$secret.former"
  realm=master
  kcadm update "clients/$(found clients clientId "$client")" -r "$realm" -s "secret=$(cat "$secret")"
  log_in "$secret"
fi
realm=$(field realm "$files/realm.json")
if kcadm get "realms/$realm" --fields realm >/dev/null 2>&1; then
  kcadm update "realms/$realm" -f "$files/realm.json"
else
  kcadm create realms -f "$files/realm.json"
  # The token from before says nothing of the new realm.
  log_in "$secret"
fi
kcadm update users/profile -r "$realm" -f "$files/profile.json"

id=$(found clients clientId "$(field clientId "$files/client.json")")
if [[ -n $id ]]; then
  kcadm update "clients/$id" -r "$realm" -f "$files/client.json"
else
  kcadm create clients -r "$realm" -f "$files/client.json"
fi

alias=$(field alias "$files/broker.json")
broker=identity-provider/instances/$alias
if kcadm get "$broker" -r "$realm" --fields alias >/dev/null 2>&1; then
  kcadm update "$broker" -r "$realm" -f "$files/broker.json"
else
  kcadm create identity-provider/instances -r "$realm" -f "$files/broker.json"
fi
for file in "$files"/mappers.*.json; do
  id=$(found "$broker/mappers" name "$(field name "$file")")
  if [[ -n $id ]]; then
    # The representation of a mapper must say its id.
    kcadm update "$broker/mappers/$id" -r "$realm" -f "$file" -s "id=$id"
  else
    kcadm create "$broker/mappers" -r "$realm" -f "$file"
  fi
done
