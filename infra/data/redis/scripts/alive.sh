#!/bin/sh
# Whether Redis answers, by the certificate that it has now: it reads one only when it starts, so one that has been
# renewed since ends it, and it starts anew. It is a cache, and empty for a moment.
set -eu

[ ! "$CERTIFICATES/tls.crt" -nt "$STARTED" ]
[ "$(redis-cli --tls --cacert "$CERTIFICATES/ca.crt" -p "$PORT" --user probe --pass probe --no-auth-warning ping)" = PONG ]
