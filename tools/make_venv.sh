#!/bin/sh
# Makes the virtual environment in the folder given as $1, with a Python of 3.11 or newer.
# PYTHON=… names the Python to use; otherwise the first one on the PATH that is new enough.
set -eu
venv=$1

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        if is_new_enough "$name"; then
            echo "$name"
            return
        fi
    done
}

python=$(find_python)
if [ -z "$python" ]; then
    found=$("${PYTHON:-python3}" --version 2>/dev/null || echo "none")
    echo "Lead Import needs Python 3.11 or newer. Found: $found." >&2
    echo "Install a newer one, or name one that is not on the PATH: make run PYTHON=/path/to/python3.12" >&2
    exit 1
fi

# Debian and Ubuntu ship Python without ensurepip; a venv made without it has no pip, so it is not left behind.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "This Python cannot make virtual environments: its venv module is not installed." >&2
    echo "On Debian and Ubuntu: apt-get install python$version-venv" >&2
    exit 1
fi

echo "Making a virtual environment in $venv ($("$python" --version 2>&1))"
if ! "$python" -m venv --clear "$venv"; then
    rm -rf "$venv"
    echo "The virtual environment could not be made; the lines above say why." >&2
    exit 1
fi
