# SPDX-License-Identifier: Apache-2.0
"""A folder of many packs, made of the shipped ones: each has a code and a name of its own.

usage: many_packs.py FOLDER COUNT [SEED]
"""
import pathlib
import random
import re
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLACES = "xã phường tỉnh cảng chợ rừng biển đồng núi sông kênh đảo".split()
THINGS = "hồ sơ giấy phép bản đồ sổ gốc thẻ bằng cấp giấy tờ hợp đồng quyết định biên bản".split()


def write(folder, count, seed=1):
    """Packs 8.000000 and on; every one passes the checker as the pack it was made of does."""
    dice = random.Random(seed)
    shipped = sorted((ROOT / "procedures").glob("*/procedure.yaml"))
    for number in range(count):
        model = shipped[number % len(shipped)]
        code = f"8.{number:06d}"
        text = model.read_text(encoding="utf-8")
        old = model.parent.name
        name = f"{dice.choice(THINGS)} {dice.choice(PLACES)} {number}"
        text = re.sub(rf"^code: {re.escape(old)}$", f"code: {code}", text, count=1, flags=re.M)
        text = re.sub(r'^name: "?(.*?)"?$', rf'name: "\1 ({name})"', text, count=1, flags=re.M)
        target = pathlib.Path(folder) / code
        target.mkdir(parents=True)
        (target / "procedure.yaml").write_text(text, encoding="utf-8")
        for other in model.parent.iterdir():
            if other.name != "procedure.yaml":
                shutil.copy(other, target / other.name)


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
