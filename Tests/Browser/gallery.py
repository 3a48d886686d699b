# SPDX-License-Identifier: Apache-2.0
"""The gallery gate: every screen in every state that `gallery` serves goes through the gate, and vnu reads them all.

`gallery` lists its addresses on `/`: a link to /{screen}/{state}, with data-audience="staff" on officers' screens and
data-status on screens that answer something other than 200.
"""
import json
import re

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


def main(timings=False):
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with DataFolder() as data:
        program = Program([binary("gallery")], {"MOTCUA_PORT": str(port), "MOTCUA_DATA": str(data)})
        try:
            program.wait_ready(base + "/")
            with Gate("gallery", timings) as gate:
                return walk(gate, base)
        finally:
            program.stop()


def walk(gate, base):
    context = gate.context()
    page = context.new_page()
    page.goto(base + "/")
    screens = listed(page)
    context.close()
    if not screens:
        return ["the gallery lists no screen"]
    for path, status, audience in screens:
        gate.visit(base + path, path.strip("/").replace("/", "--"), status, audience)
    for name, line, message in vnu.errors(gate.html):
        gate.blame(name.removesuffix(".html"), "G2", f"vnu, line {line}: {message}")
    report = ROOT / ".build-report" / "gallery.json"
    report.parent.mkdir(exist_ok=True)
    report.write_text(json.dumps(gate.measured, ensure_ascii=False, indent=1))
    heaviest = sorted(((seen.get("bytes", 0), name) for name, seen in gate.measured.items()), reverse=True)[:3]
    print(f"  {len(screens)} screens; the heaviest: {', '.join(f'{name} {size} B' for size, name in heaviest)}")
    return [str(breach) for breach in gate.breaches]
