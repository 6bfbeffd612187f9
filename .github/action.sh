#!/usr/bin/env bash
# The action: builds the revision that the workflow pinned, lints, annotates, and writes the step summary.
# GitHub's runners have a Rust toolchain on all three systems; no token and no download of ours is needed.
set -euo pipefail

lines() { # Reads lines of "$1" into the array `items`, without empty ones.
    items=()
    while IFS= read -r line || [ -n "$line" ]; do
        line=${line%$'\r'}
        if [ -n "$line" ]; then items+=("$line"); fi
    done <<<"$1"
}

target="${RUNNER_TEMP:-${TMPDIR:-/tmp}}/privatelint"
cargo build --quiet --release --locked --package privatelint \
    --manifest-path "$PRIVATELINT_ACTION/Cargo.toml" --target-dir "$target"

arguments=(lint --format github --fail-on "${PRIVATELINT_FAIL_ON:-warning}")
if [ -n "${PRIVATELINT_SARIF:-}" ]; then arguments+=(--output "sarif=$PRIVATELINT_SARIF"); fi
lines "${PRIVATELINT_ARGS:-}"
arguments+=("${items[@]+"${items[@]}"}")
lines "${PRIVATELINT_PATHS:-.}"
arguments+=(-- "${items[@]+"${items[@]}"}")

code=0
"$target/release/privatelint" "${arguments[@]}" || code=$?
if [ -n "${GITHUB_OUTPUT:-}" ]; then echo "exit-code=$code" >>"$GITHUB_OUTPUT"; fi
exit "$code"
