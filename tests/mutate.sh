#!/usr/bin/env bash
# Takes one safeguard of the protocol away at a time and expects the test that its patch names to fail.
#
#   tests/mutate.sh             all of tests/mutations/*.patch
#   tests/mutate.sh NAME...     some of them
#   tests/mutate.sh --simulation [NAME...]   only by the simulation, of those that name it; writes no table
#
# Works on a copy of what is committed, and writes each result into the table in docs/protocol.md as it comes. Not part of CI:
# all of them take about ten minutes on an idle machine. A test must pass without the patch and fail with it; a patch that does
# not apply or does not build has shown nothing. A test under "Also" is listed where it finds the mutant too. Ends with 1 when
# any safeguard was not caught.
set -uo pipefail
root=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git -C "$root" archive HEAD | tar -x -C "$copy"
only=
if [ "${1:-}" = --simulation ]; then only=tests/DbMove.Simulation.Tests; shift; fi
names=("$@")
if [ ${#names[@]} -eq 0 ]; then mapfile -t names < <(cd "$copy/tests/mutations" && grep -l "^[TA].*: $only" ./*.patch | sed 's#^\./##; s#\.patch$##'); fi

field() { sed -n "/^diff /q; s/^$2: //p" "$copy/tests/mutations/$1.patch"; }
witnesses() { # patch, Test or Also: the simulation alone must find what names it, where only that is asked for
    if [ -z "$only" ]; then field "$1" "$2"; elif [ "$2" = Test ]; then { field "$1" Test; field "$1" Also; } | grep "^$only "; fi
}

# Analyzers off, and warnings stay warnings: a mutant is not clean code.
build() {
    (cd "$copy" && dotnet build "$@" -v q -p:NuGetAudit=false -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false -p:UseSharedCompilation=true) >"$copy/build.log" 2>&1
}

output() { echo "$copy/$1/bin/Debug/net10.0"; }

# Applies a patch, builds what it touches, keeps that, and takes the patch back.
mutate() { # patch
    local source built=built patch=tests/mutations/$1.patch
    mkdir -p "$copy/mutants/$1"
    (cd "$copy" && GIT_CEILING_DIRECTORIES=$(dirname "$copy") git apply --whitespace=nowarn "$patch") 2>"$copy/apply.log" || { echo "does not apply"; return; }
    for source in $(sed -n 's#^+++ b/\(src/[^/]*\)/.*#\1#p' "$copy/$patch" | sort -u); do
        build "$source" --no-restore --no-dependencies || built="does not build"
        cp "$(output "$source")/$(basename "$source").dll" "$copy/mutants/$1/"
    done
    (cd "$copy" && GIT_CEILING_DIRECTORIES=$(dirname "$copy") git apply -R --whitespace=nowarn "$patch")
    echo "$built"
}

run() { # project, tests: leaves test.log
    local project=$1 filters=()
    shift
    for test in "$@"; do filters+=(--filter-method "*.$test"); done
    timeout 900 "$(output "$project")/$(basename "$project")" "${filters[@]}" >"$copy/test.log" 2>&1
}

count() { sed -n "s/^ *$1: \([0-9]*\)$/\1/p" "$copy/test.log" | head -1; }

# Puts a row in the place of the patch's row, or where its name belongs.
record() { # patch, tests, result
    printf '%-20s %s\n' "$1" "$3"
    [ -z "$only" ] || return 0
    printf '| %s | `%s` | %s | %s | %s |\n' "$(field "$1" Safeguard)" "$1" "$2" "$3" "$(date -u +%Y-%m-%d)" >"$copy/row"
    awk -v row="$(cat "$copy/row")" -v cell="$1" '
        /<!-- \/mutations -->/ { if (inside && !done) print row; inside = 0 }
        inside && /^\| / && !/^\| safeguard / {
            split($0, cells, " \\| "); name = cells[2]; gsub(/`/, "", name)
            if (name == cell) { print row; done = 1; next }
            if (!done && name > cell) { print row; done = 1 }
        }
        /<!-- mutations -->/ { inside = 1 }
        { print }' "$root/docs/protocol.md" >"$copy/protocol.md" && cp "$copy/protocol.md" "$root/docs/protocol.md"
}

# Every build first. The surface that the tests compile against stays the same, so that a mutant's assembly can take the place
# of the sound one.
declare -A state unsound
mapfile -t projects < <(for name in "${names[@]}"; do witnesses "$name" Test; witnesses "$name" Also; done | cut -d' ' -f1 | sort -u)
for project in "${projects[@]}"; do
    if ! build "$project"; then
        echo "$project does not build without any patch:"
        grep -m3 ' error ' "$copy/build.log"
        for name in "${names[@]}"; do
            for test in $(witnesses "$name" Test | sed -n "s#^$project ##p") $(witnesses "$name" Also | sed -n "s#^$project ##p"); do unsound[$test]=yes; done
        done
        continue
    fi

    mkdir -p "$copy/pristine/$project"
    cp "$(output "$project")"/DbMove.*.dll "$copy/pristine/$project/"
done

for name in "${names[@]}"; do state[$name]=$(mutate "$name"); done
echo "${#names[@]} mutants built"

# Without any patch every test passes; else its failing would show nothing. One that fails in company gets a second chance alone.
for project in "${projects[@]}"; do
    [ -d "$copy/pristine/$project" ] || continue
    mapfile -t tests < <(for name in "${names[@]}"; do witnesses "$name" Test; witnesses "$name" Also; done | sed -n "s#^$project ##p" | sort -u)
    run "$project" "${tests[@]}"
    for test in $(sed -n 's/^failed .*\.\([A-Za-z0-9_]*\)[( ].*/\1/p' "$copy/test.log" | sort -u); do
        if ! run "$project" "$test"; then
            unsound[$test]=yes
            echo "$test fails without any patch"
        fi
    done
done

missed=0
for name in "${names[@]}"; do
    listed=""
    result=caught
    while read -r project test; do
        listed="${listed:+$listed, }\`$test\`"
        if [ "${state[$name]}" != built ]; then
            result=${state[$name]}
        elif [ "${unsound[$test]:-}" = yes ]; then
            result="the test fails without it too"
        else
            cp "$copy/mutants/$name"/*.dll "$(output "$project")/"
            run "$project" "$test"
            if [ -z "$(count failed)" ]; then result="no answer"; elif [ "$(count failed)" = 0 ]; then result="**not caught**"; fi
            cp "$copy/pristine/$project"/DbMove.*.dll "$(output "$project")/"
        fi
    done < <(witnesses "$name" Test)
    while read -r project test; do
        if [ "${state[$name]}" = built ] && [ "${unsound[$test]:-}" != yes ]; then
            cp "$copy/mutants/$name"/*.dll "$(output "$project")/"
            run "$project" "$test"
            if [ "$(count failed)" = 1 ]; then listed="$listed; \`$test\`"; fi
            cp "$copy/pristine/$project"/DbMove.*.dll "$(output "$project")/"
        fi
    done < <(witnesses "$name" Also)
    [ "$result" = caught ] || missed=$((missed + 1))
    record "$name" "$listed" "$result"
done

processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1)
[ -n "$only" ] || sed -i "s|^Machine of the last run:.*|Machine of the last run: ${processor:-an unknown processor}, $(nproc) cores, .NET SDK $(dotnet --version).|" "$root/docs/protocol.md"
echo "$((${#names[@]} - missed)) caught, $missed not"
[ "$missed" = 0 ]
