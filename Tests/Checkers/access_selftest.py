# SPDX-License-Identifier: Apache-2.0
"""Proves access.py: a route without a row, another answer, and a row without a route are each found."""
import pathlib
import tempfile

import access


def main():
    """What the comparison overlooks; nothing when it is as sharp as it must be."""
    failures = []
    head, known = ["method", "route", "stranger"], ["GET", "/viec", "door"]
    with tempfile.TemporaryDirectory() as folder:
        table = pathlib.Path(folder) / "access.tsv"
        access.compared(table, head, [known], writes=True)
        cases = {
            "the same": ([known], 0),
            "a new route": ([known, ["GET", "/moi", "200"]], 1),
            "an answer that was refused before": ([["GET", "/viec", "200"]], 1),
            "a route that is gone": ([], 1),
            "another visitor": ([[*known, "200"]], 1),
        }
        for name, (lines, wanted) in cases.items():
            found = access.compared(table, head, lines, writes=False)
            if len(found) != wanted:
                failures.append(f"{name}: {len(found)} faults were found, not {wanted}")
    # A new slot has no object until somebody says one: the walk then reports the route instead of leaving it out.
    objects = object.__new__(access.Objects)
    for name in ("at_intake", "question", "draft", "request", "draft_file", "file", "standing", "representation"):
        setattr(objects, name, "x")
    if objects.address("/moi/{chua-biet}") is not None:
        failures.append("an unknown slot is taken for an address")
    if objects.address("/viec/{ma}") != "/viec/x":
        failures.append("a known slot is not filled")
    return failures
