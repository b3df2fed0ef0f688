#!/usr/bin/env bash
# Sets up .venv with the pinned requirements and this project: tools/setup.sh run|test
# What is set up already is left alone, so that a second call is quick and needs no network. Whatever else is in .venv
# goes, so that nothing depends on what an earlier call left there.
set -euo pipefail
cd "$(dirname "$0")/.."
# Packages on a path of the user's would count as installed.
unset PYTHONPATH PYTHONHOME

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# Installs Debian packages where that needs no password; fails quietly elsewhere.
install_packages() {
    command -v apt-get >/dev/null && as_root true 2>/dev/null || return 1
    say "Installing $* with apt-get ..."
    as_root apt-get -qq -o Acquire::Retries=1 update >/dev/null 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "$@" >/dev/null 2>&1
}

# Prints the first Python that is new enough and passes the test given, if there is one.
find_python() {
    local candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.11 /usr/bin/python3; do
        if "$candidate" -c "import sys; assert sys.version_info >= (3, 11); $1" 2>/dev/null; then
            printf '%s' "$candidate"
            return
        fi
    done
    return 1
}

make_environment() {
    local python
    if ! find_python '' >/dev/null; then
        say 'Python 3.11 or later is needed and none was found. Name one with: make PYTHON=/path/to/python3.11 ...'
        exit 2
    fi
    python=$(find_python 'import ensurepip') || { install_packages python3-venv && python=$(find_python 'import ensurepip'); } || {
        say 'This Python cannot make environments (its ensurepip is missing). On Debian: apt-get install python3-venv'
        exit 2
    }
    "$python" -m venv --clear .venv
}

# What .venv was made from; the folder too, because an environment does not survive being moved.
key() {
    { pwd; cat "requirements/$1.txt" setup.cfg pyproject.toml; } | sha256sum
}

# Compiled now, the first command is as quick as the next, even where Python is told to write no bytecode.
compile_modules() {
    .venv/bin/python -m compileall -q -j 0 kg .venv/lib/python*/site-packages/{jinja2,markupsafe,networkx,pyvis,rdflib,yaml}
}

# The lock names every package there is to install, also the one that builds this project. So nothing is resolved: pip
# would look for newer versions than those that have hashes, and stop.
install_packages_of() {
    local install=(.venv/bin/python -m pip -qq --disable-pip-version-check install --no-compile --no-deps)
    "${install[@]}" --require-hashes -r "requirements/$1.txt" && "${install[@]}" --no-build-isolation -e .
}

is_ready() {
    [ "$(cat ".venv/ready-$1" 2>/dev/null)" = "$(key "$1")" ] && .venv/bin/python -c '' 2>/dev/null
}

set_up() {
    is_ready "$1" && return
    say "Setting up .venv from requirements/$1.txt; the first time takes a minute ..."
    make_environment
    install_packages_of "$1" || {
        say "pip could not install what requirements/$1.txt names; its message is above. It needs an index that has these versions."
        exit 1
    }
    compile_modules
    key "$1" >".venv/ready-$1"
}

has_browser() {
    command -v chromium-headless-shell chromium chromium-browser google-chrome >/dev/null
}

# Chromium without windows opens a page in half the time; where it cannot be had, any Chromium will do.
set_up_browser() {
    command -v chromium-headless-shell >/dev/null || install_packages chromium-headless-shell ||
        has_browser || install_packages chromium || true
    has_browser || say 'Chromium is missing and could not be installed: the tests of the pages will be skipped.'
}

# The tools that check and bundle the page's scripts; nobody needs them to use kg.
set_up_scripts() {
    local folder=kg/page/scripts
    command -v npm >/dev/null || {
        say 'npm is missing: the page'"'"'s scripts are tested, but not linted, type-checked or bundled anew.'
        return
    }
    (cd "$folder" && sha256sum --check --status node_modules/ready 2>/dev/null) && return
    (cd "$folder" && npm ci --ignore-scripts --silent --no-progress >&2 && sha256sum package-lock.json >node_modules/ready) ||
        say 'npm could not install what checks the page'"'"'s scripts: they are tested, but not linted or type-checked.'
}

case "${1:-}" in
run)
    is_ready test || set_up run
    ;;
test)
    set_up test
    set_up_browser
    set_up_scripts
    ;;
*)
    say 'usage: tools/setup.sh run|test'
    exit 2
    ;;
esac
