# SPDX-License-Identifier: Apache-2.0
"""What thousands of packs cost at the start and in memory, beside a hundredth of them: the second start finds its
folder of packs as it was, and memory holds an index of all and the packs that were used last.
"""
import pathlib
import tempfile
import time

import finding
from demo import Demo

COUNTS = (finding.PROCEDURES // 100, finding.PROCEDURES)


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
