# SPDX-License-Identifier: Apache-2.0
"""The story of one service from the first word typed to the result in hand, on the running product."""
import traceback

from demo import Demo
from harness import vnu
from harness.gate import Gate
from harness.processes import DataFolder

import samples

MODES = [(phone, script) for script in (True, False) for phone in (True, False)]


def chapters():
    import chapters_bad
    import chapters_story

    return chapters_story.CHAPTERS, chapters_bad.CHAPTERS


def main():
    failures = []
    story, bad = chapters()
    with Demo() as demo, DataFolder() as folder, Gate("journeys") as gate:
        files = samples.make(folder)
        print(f"  the demo was ready after {demo.seconds_to_ready:.1f} s")
        for chapter in story:
            for phone, script in MODES:
                failures += walk(chapter, gate, demo, files, phone, script)
        for chapter in bad:
            for script in (True, False):
                failures += walk(chapter, gate, demo, files, True, script)
        for name, line, message in vnu.errors(gate.html):
            gate.blame(name.removesuffix(".html"), "G2", f"vnu, line {line}: {message}")
        failures += sorted({str(breach) for breach in gate.breaches})
        seconds = demo.stop()
        if seconds > 10:
            failures.append(f"the demo took {seconds:.1f} s to stop")
    return failures


def walk(chapter, gate, demo, files, phone, script):
    """One chapter in one mode; what went wrong, with the place."""
    name = f"{chapter.__name__} ({360 if phone else 1280} px{'' if script else ', no script'})"
    try:
        chapter(gate, demo, files, phone, script)
    except Exception as error:  # a chapter that fails must not hide the next one
        place = traceback.extract_tb(error.__traceback__)
        steps = [f"{one.name}:{one.lineno}" for one in place if "/Tests/Browser/" in one.filename][-3:]
        print(f"  {name}: FAILED", flush=True)
        return [f"{name}: {type(error).__name__} at {' → '.join(steps)}: {str(error)[:700]}"]
    print(f"  {name}: passed", flush=True)
    return []
