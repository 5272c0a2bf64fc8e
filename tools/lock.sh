#!/bin/sh
# Resolves pyproject.toml into constraints.txt: names and versions for every platform, and no address of any registry.
set -eu
bin=$1
"$bin/python" -m pip install --quiet 'uv==0.13.9'
# --no-config: a developer's own mirrors and settings must not colour the result.
"$bin/uv" pip compile --no-config --universal --python-version 3.11 --all-extras --no-header --no-annotate --quiet \
    --upgrade --output-file constraints.txt pyproject.toml
