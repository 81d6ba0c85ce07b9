#!/usr/bin/env bash
# Takes one safeguard of the protocol away at a time and expects the test that its patch names to fail.
#
#   tests/mutate.sh             all of tests/mutations/*.patch; writes the table in docs/protocol.md
#   tests/mutate.sh NAME...     some of them; writes nothing
#
# Works on a copy of what is committed. Not part of CI: all of them take about ten minutes on an idle machine. A test must
# pass without the patch and fail with it; a patch that does not apply or does not build has shown nothing.
# Ends with 1 when any safeguard was not caught.
set -uo pipefail
root=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git -C "$root" archive HEAD | tar -x -C "$copy"
patches=()
if [ $# -gt 0 ]; then
    for name in "$@"; do patches+=("$root/tests/mutations/$name.patch"); done
else
    patches=("$root"/tests/mutations/*.patch)
fi

field() { sed -n "/^diff /q; s/^$2: //p" "$1"; }

# Analyzers off, and warnings stay warnings: a mutant is not clean code.
build() {
    (cd "$copy" && dotnet build "$@" -v q -p:NuGetAudit=false -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false -p:UseSharedCompilation=true) >"$copy/build.log" 2>&1
}

# Builds what a patch touches and puts it where the test project finds it; the references' surface has not changed.
mutate() { # patch, test project
    local source
    for source in $(sed -n 's#^+++ b/\(src/[^/]*\)/.*#\1#p' "$1" | sort -u); do
        build "$source" --no-restore --no-dependencies || return 1
        cp "$copy/$source/bin/Debug/net10.0/$(basename "$source").dll" "$copy/$2/bin/Debug/net10.0/"
    done
}

run() { # project, tests: prints "total failed"
    local project=$1 filters=() total failed
    shift
    for test in "$@"; do filters+=(--filter-method "*.$test"); done
    timeout 900 "$copy/$project/bin/Debug/net10.0/$(basename "$project")" "${filters[@]}" >"$copy/test.log" 2>&1
    total=$(sed -n 's/^ *total: //p' "$copy/test.log")
    failed=$(sed -n 's/^ *failed: //p' "$copy/test.log")
    echo "${total:-0} ${failed:-0}"
}

# Without any patch every test passes; else its failing would show nothing.
declare -A sound
for project in $(for patch in "${patches[@]}"; do field "$patch" Test; done | cut -d' ' -f1 | sort -u); do
    if ! build "$project"; then
        echo "$project does not build without any patch:"
        grep -m3 ' error ' "$copy/build.log"
        exit 1
    fi

    mkdir -p "$copy/pristine/$(basename "$project")"
    cp "$copy/$project"/bin/Debug/net10.0/DbMove.*.dll "$copy/pristine/$(basename "$project")/"
    named=$(for patch in "${patches[@]}"; do field "$patch" Test; done | sed -n "s#^$project ##p" | sort -u)
    read -r total failed < <(run "$project" $named)
    for test in $named; do
        if [ "$failed" != 0 ]; then read -r total failed_alone < <(run "$project" "$test"); else failed_alone=0; fi
        if [ "$total" -gt 0 ] && [ "$failed_alone" = 0 ]; then sound[$test]=yes; else echo "$test: $failed_alone of $total fail without any patch"; fi
    done
done

table=$copy/table.md
missed=0
printf '| safeguard | patch | test | result |\n|---|---|---|---|\n' >"$table"
for patch in "${patches[@]}"; do
    name=$(basename "$patch" .patch)
    tests=""
    result=""
    if ! (cd "$copy" && GIT_CEILING_DIRECTORIES=$(dirname "$copy") git apply --whitespace=nowarn "$patch") 2>"$copy/apply.log"; then
        result="does not apply"
        tests=$(field "$patch" Test | sed 's/^[^ ]* \(.*\)$/`\1`/' | paste -sd, | sed 's/,/, /g')
    else
        while read -r project test; do
            tests="${tests:+$tests, }\`$test\`"
            if ! mutate "$patch" "$project"; then
                result="does not build"
                grep -m2 ' error ' "$copy/build.log"
            elif [ "${sound[$test]:-}" != yes ]; then
                result="the test fails without it too"
            else
                read -r total failed < <(run "$project" "$test")
                if [ "$total" = 0 ]; then result="no answer"; elif [ "$failed" = 0 ]; then result="**not caught**"; else result=${result:-caught}; fi
            fi
            cp "$copy"/pristine/"$(basename "$project")"/DbMove.*.dll "$copy/$project/bin/Debug/net10.0/"
        done < <(field "$patch" Test)
        (cd "$copy" && GIT_CEILING_DIRECTORIES=$(dirname "$copy") git apply -R --whitespace=nowarn "$patch")
    fi

    [ "$result" = caught ] || missed=$((missed + 1))
    printf '| %s | `%s` | %s | %s |\n' "$(field "$patch" Safeguard)" "$name" "$tests" "$result" >>"$table"
    printf '%-20s %s\n' "$name" "$result"
done

processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1)
printf '\nLast run: %s at %s, on %s (%s cores), .NET SDK %s: %s of %s caught.\n' \
    "$(date -u +%Y-%m-%d)" "$(git -C "$root" rev-parse --short HEAD)" "${processor:-an unknown processor}" "$(nproc)" "$(dotnet --version)" "$((${#patches[@]} - missed))" "${#patches[@]}" >>"$table"
if [ $# -eq 0 ]; then
    awk -v table="$table" '
        /<!-- mutations -->/ { print; while ((getline line < table) > 0) print line; skipping = 1; next }
        /<!-- \/mutations -->/ { skipping = 0 }
        !skipping' "$root/docs/protocol.md" >"$copy/protocol.md" && cp "$copy/protocol.md" "$root/docs/protocol.md"
fi

echo "$((${#patches[@]} - missed)) caught, $missed not"
[ "$missed" = 0 ]
