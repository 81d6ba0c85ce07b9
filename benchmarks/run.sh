#!/usr/bin/env bash
# Runs the benchmarks, prints their tables and adds their lines to RESULTS.md. With --short: fewer repetitions and a fifth of the code; prints only.
set -euo pipefail
cd "$(dirname "$0")"
project=DbMove.Generators.Benchmarks
dotnet build -c Release --nologo -v q "$project"
program="$project/bin/Release/net10.0/$project"
if [ "${1:-}" = "--short" ]; then
  exec "$program" --short
fi
output="$(mktemp)"
trap 'rm -f "$output"' EXIT
"$program" | tee "$output"
grep '^| 20' "$output" >> RESULTS.md
