# SPDX-License-Identifier: Apache-2.0
# What the scripts share: stages that say what they do, how long they took and how they ended.
# Sourced by scripts/test and scripts/test-deep. A stage answers 0 passed, 77 skipped (its last line is the reason),
# anything else failed.

report_started=$SECONDS
report_lines=()
report_failed=0
report_skipped=0
last_answer=0

duration() { printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); }

# run_stage NAME TITLE COMMAND…
run_stage() {
    local name=$1 title=$2 started=$SECONDS log verdict
    shift 2
    log=.build-report/$name.log
    printf '\n==> %s: %s  (%s)\n' "$name" "$title" "$(date +%H:%M:%S)"
    "$@" 2>&1 | tee "$log" | stage_filter "$name"
    last_answer=${PIPESTATUS[0]}
    case $last_answer in
        0) verdict=passed ;;
        77)
            verdict="SKIPPED: $(tail -n 1 "$log")"
            report_skipped=$((report_skipped + 1))
            ;;
        *)
            verdict="FAILED ($last_answer), see $log"
            report_failed=$((report_failed + 1))
            ;;
    esac
    printf '<== %s: %s, %s\n' "$name" "$verdict" "$(duration $((SECONDS - started)))"
    report_lines+=("$(printf '%-13s %-14s %s' "$name" "$(duration $((SECONDS - started)))" "$verdict")")
}

# Thousands of "passed" lines hide the one that matters; the log keeps them all.
stage_filter() {
    case $1 in
        unit*) grep --line-buffered -v -E '^(◇|↳)|^✔ Test [^r]|^✔ Suite|^Test (Suite|Case).*(started|passed)' || true ;;
        build*) grep --line-buffered -v -E '^\[[0-9]+/[0-9]+\] (Compiling|Emitting|Wrapping|Write|Copying)' || true ;;
        *) cat ;;
    esac
}

close_report() {
    printf '\n'
    printf '%s\n' "${report_lines[@]}"
    if [ "$report_failed" = 0 ] && [ "$report_skipped" = 0 ]; then
        printf '\nEverything passed in %s.\n' "$(duration $((SECONDS - report_started)))"
    elif [ "$report_failed" = 0 ]; then
        printf '\nNothing failed, %d stage(s) SKIPPED, in %s.\n' \
            "$report_skipped" "$(duration $((SECONDS - report_started)))"
    else
        printf '\n%d stage(s) FAILED, %d SKIPPED, in %s.\n' \
            "$report_failed" "$report_skipped" "$(duration $((SECONDS - report_started)))"
        exit 1
    fi
}
