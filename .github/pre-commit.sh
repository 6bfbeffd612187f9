#!/usr/bin/env bash
# The pre-commit hook: builds this checkout once, then runs it. pre-commit keeps the checkout, and with it the build.
set -euo pipefail
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cargo build --quiet --release --locked --package privatelint \
    --manifest-path "$checkout/Cargo.toml" --target-dir "$checkout/target"
exec "$checkout/target/release/privatelint" "$@"
