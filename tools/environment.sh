#!/bin/sh
# Makes the environment in the folder $1 from nothing but Python 3.11: the tested releases of everything in
# constraints.txt, and Luoshi itself in editable form. Root gets missing Debian packages; anybody else is told their names.
set -eu
folder=$1

say() { printf '%s\n' "$*" >&2; }

# need PACKAGE...: install Debian packages, or name them and stop.
need() {
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        say "Missing: the Debian package(s) $*. Install them as root, then run make again:"
        say "    apt-get install $*"
        exit 1
    fi
    say "Installing the Debian package(s) $*"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >/dev/null
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# The Python to build on: $PYTHON if given, else the first that is new enough.
find_python() {
    for candidate in ${PYTHON:-python3.11 python3 python3.13 python3.12}; do
        if command -v "$candidate" >/dev/null && new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

can_make_environments() { "$1" -c 'import ensurepip, venv; ensurepip.version()' 2>/dev/null; }

if ! { [ -x "$folder/bin/python" ] && new_enough "$folder/bin/python" && "$folder/bin/python" -m pip --version >/dev/null 2>&1; }
then
    python=$(find_python) || { need python3 python3-venv; python=$(find_python); } || {
        say "Python 3.11 or newer is needed; found $(python3 --version 2>&1). Name one with make PYTHON=/path/to/python3.11"
        exit 1
    }
    can_make_environments "$python" || need python3-venv
    can_make_environments "$python" || {
        say "$python cannot make environments (its modules venv and ensurepip are missing)."
        exit 1
    }
    "$python" -m venv --clear "$folder"
fi

# Spark runs on Java; the tests of it are part of `make test`.
command -v java >/dev/null || need openjdk-17-jre-headless

# The tests of the pages look at them in a real browser, in a font that has the characters.
command -v chromium >/dev/null || need chromium fonts-wqy-microhei

say "Installing the tested releases into $folder; the first time this takes a minute or two"
PIP_DISABLE_PIP_VERSION_CHECK=1 "$folder/bin/python" -m pip install --quiet -e '.[dev,spark]' -c constraints.txt
