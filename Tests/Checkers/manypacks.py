# SPDX-License-Identifier: Apache-2.0
"""What thousands of packs cost at the start and in memory, beside a hundredth of them: the second start finds its
folder of packs as it was, and memory holds an index of all and the packs that were used last. And what `motcua check`
costs.
"""
import pathlib
import random
import re
import resource
import shutil
import subprocess
import tempfile
import time

import finding
from demo import Demo
from harness.processes import ROOT, binary

COUNTS = (finding.PROCEDURES // 100, finding.PROCEDURES)
REPEATS = 3
PLACES = "xã phường tỉnh cảng chợ rừng biển đồng núi sông kênh đảo".split()
THINGS = "hồ sơ giấy phép bản đồ sổ gốc thẻ bằng cấp giấy tờ hợp đồng quyết định biên bản".split()


def once(count, pss_bytes):
    """Seconds of the first and of the second start, and the memory of both 10 s later."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        finding.catalogue(folder, count)
        with Demo(environment={"MOTCUA_PROCEDURES": str(folder)}, patience=900) as demo:
            first = demo.seconds_to_ready
            demo.stop()
            demo.start(again=True)
            second = demo.seconds_to_ready
            time.sleep(10)
            return first, second, pss_bytes(demo.program.pid) / 1e6


def run(table, pss_bytes):
    lines = [(count, *once(count, pss_bytes)) for count in COUNTS]
    rows = [(f"{count:,}", f"{first:.2f} s", f"{second:.2f} s", f"{size:.0f} MB")
            for count, first, second, size in lines]
    (_, *few), (_, *many) = lines
    rows.append(("ratio", *(f"{b / a:.1f}" for a, b in zip(few, many))))
    table("many packs", ["packs", "first start: all are checked and published", "second start", "PSS 10 s later"], rows)


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


def cost(path, *options):
    """CPU seconds and the largest memory, in kB, of one run over a folder of packs."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    checked = subprocess.run([binary("motcua"), "check", *options, path], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if checked.returncode != 0:
        raise RuntimeError(checked.stdout[-2_000:] + checked.stderr[-2_000:])
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss


def check(table):
    """CPU of `motcua check` over packs made of all shipped ones, and of reading their YAML alone."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as folder:
        write(one, 1)
        write(folder, finding.PROCEDURES)

        def each(*options):
            start = min(cost(one, *options)[0] for _ in range(REPEATS))
            seconds, memory = min(cost(folder, *options) for _ in range(REPEATS))
            return (seconds - start) / (finding.PROCEDURES - 1) * 1_000, memory

        (whole, memory), (bare, _) = each(), each("--syntax")
    table(
        f"checking ({finding.PROCEDURES:,} packs made of the shipped ones; the start of the program taken off)",
        ["", "CPU ms a pack", "ratio", "largest memory"],
        [("check", f"{whole:.2f}", f"{whole / bare:.2f}", f"{memory / 1024:.0f} MB"),
         ("reading the YAML alone", f"{bare:.2f}", "1", "")],
    )
