#!/usr/bin/env bash
# clang-tidy over every source of core: any finding of .clang-tidy is an error
set -euo pipefail
find core -name '*.cpp' -print0 | sort -z | xargs -0 -n 4 -P "$(nproc)" clang-tidy-14 --quiet -- -std=c++20 -I. \
    "$(pkg-config --cflags-only-I libndpi)" -DWEIR_VERSION='""' -DWEIR_INSTALLED_SAMPLE='""' -DWEIR_SOURCE_SAMPLE='""'
