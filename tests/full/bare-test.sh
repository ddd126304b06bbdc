#!/usr/bin/env bash
# test.sh in a bare Debian 12 chroot on a plain clone: no real captures (needs root)
set -euo pipefail
. tests/support/bare_machine.sh
on_bare_machine ./installer/test.sh
