#!/usr/bin/env bash
# What the README drives a migration with. Needs the service's address in SHOP and an operator's token in TOKEN.
set -euo pipefail
# readme:drive
dbmove() { curl -sS --fail-with-body -H "Authorization: Bearer $TOKEN" "$@"; }
dbmove -X POST "$SHOP/dbmove/src_only"
dbmove -X POST "$SHOP/dbmove/src_first" --json '{ "waitForGateSeconds": 30 }'
dbmove -X POST "$SHOP/dbmove/backfill/start"
dbmove "$SHOP/dbmove/status"
# readme:end
