#!/bin/sh
# Compares the engines: makes the environment and the data, checks that results are equal, then measures.
# PERSONS, ROUNDS and SEED may be set; data stay in build/bench for the next time.
set -eu
cd "$(dirname "$0")/.."

PERSONS=${PERSONS:-1000000}
ROUNDS=${ROUNDS:-3}
SEED=${SEED:-1}
PYTHON=.venv-bench/bin/python
DATA=build/bench/$PERSONS-$SEED
export PYTHONPATH="$PWD:$PWD/src"

if [ ! -x "$PYTHON" ]; then
    .venv/bin/python -m venv .venv-bench
    "$PYTHON" -m pip install --quiet --disable-pip-version-check --editable '.[bench,spark]' --constraint constraints.txt
fi
[ -f "$DATA/employment.parquet" ] || "$PYTHON" -m bench.data "$DATA" --persons "$PERSONS" --seed "$SEED"
"$PYTHON" -m bench.checking "$DATA"
"$PYTHON" -m bench.compare "$DATA" --rounds "$ROUNDS" --write
"$PYTHON" -m bench.compare "$DATA" --rounds "$ROUNDS" --base openfisca_lean \
    --engines numpy_hand,duckdb_hand,openfisca_lean,openfisca_idiomatic
"$PYTHON" -m bench.single "$DATA"
