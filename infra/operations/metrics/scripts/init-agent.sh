#!/bin/bash
# Run by the Management Agent's image each time before the agent starts: what is to be pushed is said by files in the
# agent's own folder, which lies on its volume and is made when it is installed.
set -euo pipefail

declared=${DECLARED:-/etc/kura-agent}
home=${AGENT_HOME:-/opt/oracle/mgmt_agent}

sources=$home/agent_inst/discovery/PrometheusEmitter
mkdir -p "$sources"
rm -f "$sources"/*.properties
cp "$declared"/*.properties "$sources/"
