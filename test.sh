#!/usr/bin/env bash
# The one test command: installs what is missing, builds with warnings as errors, runs every test and check, and prints
# "N passed, N failed" (", N skipped" when there are any) as its last line. Exit code 0 only when something ran and nothing failed.
#
#   ./test.sh                        everything
#   DBMOVE_PGBENCH_SCALE=10 ./test.sh   the pgbench migration with 1,000,000 accounts instead of 200,000
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# Many short processes: code is written where it runs, and nothing is counted for a second compilation.
export DOTNET_EnableWriteXorExecute=0 DOTNET_TieredPGO=0
results=artifacts/test
rm -rf "$results"
mkdir -p "$results"
passed=0 failed=0 skipped=0 started=$SECONDS part_started=$SECONDS

say() { printf '\n== %s\n' "$*"; part_started=$SECONDS; }
took() { printf -- '-- %s: %d s\n' "$1" "$((SECONDS - part_started))"; }
check_passed() { passed=$((passed + 1)); printf 'passed  %s\n' "$1"; }
check_failed() { failed=$((failed + 1)); printf 'FAILED  %s\n' "$1"; }
check_skipped() { skipped=$((skipped + 1)); printf 'skipped %s\n' "$1"; }
summary() {
    local line="$passed passed, $failed failed"
    if ((skipped > 0)); then line+=", $skipped skipped"; fi
    printf '\nwhole run: %d s\n%s\n' "$((SECONDS - started))" "$line"
    ((failed == 0 && passed > 0))
}

# ---- 1. what the machine must have
initdb_found() { command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || compgen -G '/usr/pgsql-*/bin/initdb' >/dev/null; }
nats_found() { command -v nats-server >/dev/null || [[ -x /usr/sbin/nats-server ]]; }
linker_found() { command -v clang >/dev/null || command -v gcc >/dev/null; }
install_missing() {
    local packages=()
    initdb_found || packages+=(postgresql)
    nats_found || packages+=(nats-server)
    linker_found || packages+=(clang)
    command -v curl >/dev/null || packages+=(curl)
    command -v gcc >/dev/null || command -v spin >/dev/null || packages+=(gcc libc6-dev)
    [[ -e /usr/include/zlib.h ]] || packages+=(zlib1g-dev)
    command -v spin >/dev/null || packages+=(spin)
    ((${#packages[@]} > 0)) || return 0
    if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
        echo "missing, and not installed because this is not root on a system with apt: ${packages[*]}"
        return 0
    fi
    echo "installing ${packages[*]}"
    # RUNLEVEL=1: an installed PostgreSQL or NATS does not start a server of its own; the tests start private ones.
    { apt-get update -q && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}"; } \
        >"$results/apt.log" 2>&1 || { tail -n 20 "$results/apt.log"; echo "apt-get failed; what needs ${packages[*]} is reported below"; }
}

say "prerequisites"
if ! command -v dotnet >/dev/null || ! dotnet --version >/dev/null 2>&1; then
    echo "a .NET 10 SDK is needed (global.json says which) and is not installed: see https://dotnet.microsoft.com/download"
    check_failed "prerequisites: .NET SDK"
    summary
    exit 1
fi
echo ".NET SDK $(dotnet --version)"
install_missing
took prerequisites

# ---- 2. the protocol's model, beside the build, which nothing times
protocol= lane= chaos=
if command -v spin >/dev/null && command -v gcc >/dev/null; then
    setsid nice docs/protocol/check.sh quick >"$results/protocol.txt" 2>&1 &
    protocol=$!
fi

# ---- 3. build
say "build"
# One compiler process for all projects, this run's own: by its name it is ended with the run, and no other is.
compiler="dbmove-test-$$"
shared=(-p:UseSharedCompilation=true "-p:SharedCompilationId=$compiler")
end_compiler() { local id; for id in $(pgrep -f "pipename:$compiler" || true); do kill "$id" 2>/dev/null || true; done; }
trap 'end_compiler; for id in $protocol; do kill -- "-$id" 2>/dev/null || true; done; for id in $lane $chaos; do pkill -P "$id" || true; kill "$id" 2>/dev/null || true; done' EXIT
if ! { dotnet restore DbMove.sln -v quiet && dotnet build DbMove.sln -c Release --no-restore -v quiet -warnaserror "${shared[@]}"; }; then
    check_failed "build with warnings as errors"
    summary
    exit 1
fi
check_passed "build with warnings as errors"
took build

# The processes that the crash tests kill live for a second, and most of that would be compiling. Where this fails they compile.
say "publish tests/DbMove.CrashProcess, compiled ahead"
if dotnet publish tests/DbMove.CrashProcess -c Release --use-current-runtime --no-self-contained -p:PublishReadyToRun=true -o "$results/crash" -v quiet "${shared[@]}" >"$results/crash.txt" 2>&1; then
    export DBMOVE_CRASH_PROCESS="$PWD/$results/crash/DbMove.CrashProcess.dll"
else
    tail -n 5 "$results/crash.txt"
fi
took "publish of the crash process"

# ---- 4. test projects
run_project() {
    local name=$1 code=0 began=$SECONDS
    "tests/$name/bin/Release/net10.0/$name" --results-directory "$PWD/$results" --report-xunit-trx --report-xunit-trx-filename "$name.trx" \
        --progress off --no-ansi --timeout 20m >"$results/$name.txt" 2>&1 || code=$?
    echo "$code $((SECONDS - began))" >"$results/$name.code"
}
# These wait more than they work (for time-outs, brokers, copies, other programs): they run one after the other beside all that follows.
patient=(DbMove.AspNetCore.Tests DbMove.Migrations.Tests DbMove.Nats.Tests DbMove.Quickstart.Tests DbMove.Package.Tests)
(for name in "${patient[@]}"; do run_project "$name"; done) &
lane=$!

say "publish samples/OrderService with Native AOT"
aot=
if linker_found; then
    if dotnet publish samples/OrderService -c Release -o "$results/aot" -v quiet -warnaserror "${shared[@]}"; then
        aot="$results/aot/OrderService"
        check_passed "Native AOT publish without a trim or AOT warning"
    else
        check_failed "Native AOT publish without a trim or AOT warning"
    fi
else
    check_failed "Native AOT publish: needs clang or gcc"
fi
took "publish"

say "protocol model (docs/protocol/check.sh quick)"
end_compiler
if [[ -n $protocol ]]; then
    code=0
    wait "$protocol" || code=$?
    protocol=
    cat "$results/protocol.txt"
    # One line per scenario ("holds" or "violated"), followed by "expected: …" where it is not as it should be.
    lines=$(grep -cE '^(holds|violated|unfinished) ' "$results/protocol.txt" || true)
    wrong=$(grep -c '^ *expected: ' "$results/protocol.txt" || true)
    passed=$((passed + lines - wrong)) failed=$((failed + wrong))
    if ((lines == 0 || (code != 0 && wrong == 0))); then check_failed "protocol model: check.sh ended with $code after $lines scenarios"; fi
else
    check_skipped "protocol model: needs spin and gcc"
fi
took "protocol model (after the build)"

# The other projects, one after the other.
counter() { grep -oE "<Counters [^>]*>" "$1" | grep -oE " $2=\"[0-9]+\"" | grep -oE '[0-9]+'; }
report_project() {
    local name=$1 trx="$results/$1.trx" code seconds total good
    say "$name"
    cat "$results/$name.txt"
    read -r code seconds <"$results/$name.code"
    printf -- '-- %s: %d s\n' "$name" "$seconds"
    total=$(counter "$trx" total || true)
    if [[ -z $total || $total == 0 ]]; then
        check_failed "$name: no test was reported (exit code $code)"
        return
    fi
    good=$(counter "$trx" passed)
    local bad=$(($(counter "$trx" failed) + $(counter "$trx" error)))
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + total - good - bad))
    if ((code != 0 && bad == 0)); then check_failed "$name: exit code $code although no test failed"; fi
}

for project in tests/*.Tests/; do
    name=$(basename "$project")
    if [[ " ${patient[*]} " == *" $name "* ]]; then continue; fi
    run_project "$name"
    report_project "$name"
done
wait "$lane"
lane=
for name in "${patient[@]}"; do report_project "$name"; done

# ---- 5. the programs
# The chaos run has its two minutes, however much there is to do: it begins first, the others run beside it, and its end is its own.
dotnet run -c Release --no-build --project tests/DbMove.Chaos -- --minutes 2 --seed 3 >"$results/chaos.txt" &
chaos=$! chaos_began=$SECONDS

say "tests/DbMove.AotSmoke: the native service, driven by HTTP"
if [[ -n $aot ]]; then
    if tests/DbMove.AotSmoke/bin/Release/net10.0/DbMove.AotSmoke "$aot" | tee "$results/aot.txt" && [[ $(tail -n 1 "$results/aot.txt") == "aot smoke: passed" ]]; then
        check_passed "aot smoke"
        if grep -q '^PostgreSQL: skipped' "$results/aot.txt"; then check_skipped "aot smoke on PostgreSQL"; fi
        if grep -q '^NATS: skipped' "$results/aot.txt"; then check_skipped "aot smoke with NATS"; fi
    else
        check_failed "aot smoke"
    fi
fi
took "aot smoke"

say "samples/Quickstart --rows 5000"
if dotnet run -c Release --no-build --project samples/Quickstart -- --rows 5000 | tee "$results/quickstart.txt" \
    && tail -n 1 "$results/quickstart.txt" | grep -qE '^quickstart: rows=[0-9]+ writes=[0-9]+ lost=0 differences=0 found=75 fixed=75 switches=7 '; then
    check_passed "quickstart"
else
    check_failed "quickstart"
fi
took "quickstart"

say "tests/DbMove.Chaos --scenario target-down"
if dotnet run -c Release --no-build --project tests/DbMove.Chaos -- --scenario target-down --seconds 10 | tee "$results/target-down.txt" \
    && tail -n 1 "$results/target-down.txt" | grep -qE '^target-down: seconds=10 writes=[1-9][0-9]* failed=0 .* equal_again_s=[0-9.]+$'; then
    check_passed "target-down"
else
    check_failed "target-down"
fi
took "target-down"

say "tests/DbMove.Chaos --minutes 2: services and servers are killed under load"
chaos_code=0
wait "$chaos" || chaos_code=$?
chaos=
cat "$results/chaos.txt"
if ((chaos_code == 0)) && tail -n 1 "$results/chaos.txt" | grep -qE '^chaos: seed=3 kills=[0-9]+ stops=[0-9]+ cuts=[0-9]+ switches=[1-9][0-9]* validations=[1-9][0-9]* acknowledged=[1-9][0-9]* unknown=[0-9]+ lost=0 diverged=0 false_alarms=0 converged_s=[0-9.]+$'; then
    check_passed "chaos"
else
    check_failed "chaos"
fi
part_started=$chaos_began
took "chaos"

summary
