# SPDX-License-Identifier: Apache-2.0
"""The gallery gate: every screen in every state that `gallery` serves goes through the gate, and vnu reads them all.

`gallery` lists its addresses on `/`: a link to /{screen}/{state}, with data-audience="staff" on officers' screens and
data-status on screens that answer something other than 200.
"""
import json
import re
import time

from harness import vnu
from harness.gate import Gate
from harness.processes import ROOT, DataFolder, Program, binary, free_port


def listed(page):
    """(path, status, audience) of each link on the gallery's index."""
    links = page.eval_on_selector_all(
        "a[href]", "all => all.map(a => [a.getAttribute('href'), a.dataset.status, a.dataset.audience])"
    )
    found = {}
    for href, status, audience in links:
        if re.fullmatch(r"/[a-z0-9-]+/[a-z0-9-]+", href or ""):
            found[href] = (int(status or 200), audience or "citizen")
    return [(path, *what) for path, what in found.items()]


def main(timings=False, share=(1, 1), only=None):
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    name = "gallery" if share[1] == 1 else f"gallery-{share[0]}"
    with DataFolder() as data:
        program = Program([binary("gallery")], {"MOTCUA_PORT": str(port), "MOTCUA_DATA": str(data)})
        try:
            program.wait_ready(base + "/")
            with Gate(name, timings) as gate:
                return walk(gate, base, name, share, only)
        finally:
            program.stop()


def walk(gate, base, report, share, only):
    """Every share-th screen, or those whose address contains one of the words of `only`."""
    context = gate.context()
    page = context.new_page()
    page.goto(base + "/")
    screens = listed(page)
    context.close()
    screens = [screen for screen in screens if not only or any(word in screen[0] for word in only)]
    screens = screens[share[0] - 1 :: share[1]]
    if not screens:
        return ["the gallery lists no screen"]
    started, told = time.monotonic(), 0
    for number, (path, status, audience) in enumerate(screens, 1):
        gate.visit(base + path, path.strip("/").replace("/", "--"), status, audience)
        for breach in gate.breaches[told:]:
            print(f"  {breach}", flush=True)
        told = len(gate.breaches)
        if number % 20 == 0:
            print(f"  {number} of {len(screens)} screens after {time.monotonic() - started:.0f} s", flush=True)
    for name, line, message in vnu.errors(gate.html):
        gate.blame(name.removesuffix(".html"), "G2", f"vnu, line {line}: {message}")
    folder = ROOT / ".build-report"
    folder.mkdir(exist_ok=True)
    (folder / f"{report}.json").write_text(json.dumps(gate.measured, ensure_ascii=False, indent=1))
    heaviest = sorted(((seen.get("bytes", 0), name) for name, seen in gate.measured.items()), reverse=True)[:3]
    print(f"  {len(screens)} screens; the heaviest: {', '.join(f'{name} {size} B' for size, name in heaviest)}")
    return [str(breach) for breach in gate.breaches]
