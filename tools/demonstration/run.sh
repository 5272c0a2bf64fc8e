#!/bin/sh
# Runs the service with two sampled cities. Arguments: the command, scale, seed, folder, port.
# What is there already is not made again: a second start takes seconds. The Lishui draft is adopted for this
# demonstration only, and its pages say so.
set -eu
luoshi=$1 scale=$2 seed=$3 folder=$4 port=$5
here=$(dirname "$0")
LUOSHI_DATA="$folder/service"
export LUOSHI_DATA
# Nobody shall need a phone to look at made-up people; a real installation leaves this out.
LUOSHI_TWO_FACTOR=0
export LUOSHI_TWO_FACTOR
# Codes for phones are shown on a page of the public site.
LUOSHI_DEMONSTRATION=1
export LUOSHI_DEMONSTRATION
mkdir -p "$LUOSHI_DATA"
passwords="$LUOSHI_DATA/first-passwords.txt"

# install PACK DAY [OPTION...]
install() {
    pack=$1 day=$2
    shift 2
    [ ! -e "$LUOSHI_DATA/$pack.installed" ] || return 0
    [ -e "$folder/$pack/data/manifest.json" ] || "$luoshi" sample "$pack" --scale "$scale" --seed "$seed" --out "$folder/$pack/data"
    "$luoshi" install "$pack" --data "$folder/$pack/data" --on "$day" --once --keep-doubles "$@"
    touch "$LUOSHI_DATA/$pack.installed"
}

install dingxi-2018 2020-12-31
install lishui-draft 2023-12-31 --adopted 2023-01-01 --document '演示用，并非真实文件 · for the demonstration only'
# Money of this year, so that what is decided can be paid. To look whether it is there takes half of a second start.
budgeted="$LUOSHI_DATA/budgets-$(date +%Y)"
[ -e "$budgeted" ] || { "$luoshi" budgets "$here/budgets.csv" && touch "$budgeted"; }
if [ ! -e "$passwords" ]; then
    (umask 077 && "$luoshi" accounts "$here/accounts.csv" --from 2018-01-01 --keep-passwords >"$passwords.new")
    mv "$passwords.new" "$passwords"
fi
cat "$passwords"
echo "公众网站 public site: http://127.0.0.1:$port/p/"
exec "$luoshi" serve --port "$port"
