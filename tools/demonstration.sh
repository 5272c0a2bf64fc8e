#!/bin/sh
# Samples a city for each policy pack and decides every case in it. Arguments: the command, scale, seed, result folder.
set -eu
luoshi=$1 scale=$2 seed=$3 folder=$4

# decide PACK DAY [OPTION...]
decide() {
    pack=$1 day=$2
    shift 2
    "$luoshi" sample "$pack" --scale "$scale" --seed "$seed" --out "$folder/$pack/data"
    "$luoshi" run "$pack" --data "$folder/$pack/data" --on "$day" --out "$folder/$pack/results" "$@" \
        >"$folder/$pack/tables.txt"
    cat "$folder/$pack/tables.txt"
}

decide dingxi-2018 2020-12-31
decide lishui-draft 2023-12-31 --as-if-in-force
printf 'Cities, results and these tables: %s/\n' "$folder"
