#!/bin/sh
# Makes nlu/.venv, Rasa's own environment, from the lock. Rasa 3.6 runs on Python 3.10 and no later: pyenv's is taken
# where there is one, else uv finds one or downloads it.
set -eu
cd "$(dirname "$0")"

if ! command -v uv >/dev/null 2>&1; then
    echo "nlu: uv is not on PATH; see https://docs.astral.sh/uv/ for how to install it" >&2
    exit 1
fi
if command -v pyenv >/dev/null 2>&1; then
    for bin in "$(pyenv root)"/versions/3.10*/bin; do
        [ -x "$bin/python3.10" ] && PATH="$bin:$PATH"
    done
    export PATH
fi
if ! uv python find --quiet 3.10 >/dev/null 2>&1 && ! uv python install --quiet 3.10 >/dev/null 2>&1; then
    echo "nlu: Rasa needs Python 3.10, and none was found nor could be downloaded; install it (pyenv install 3.10)" >&2
    exit 1
fi
# on a terminal uv shows how far it is
[ -t 2 ] && quiet="" || quiet="--quiet"
exec uv sync --frozen $quiet --python 3.10
