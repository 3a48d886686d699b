# SPDX-License-Identifier: Apache-2.0
"""Pages and tools over databases of growing size, and how their cost grows: cost ~ dossiers ** exponent."""
import math
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

import load
import samples
import story
from demo import Demo
from harness.processes import ROOT, DataFolder, binary
from person import RobotPerson

DEEP_PAGE = 20


def run(table, repeated, pss_bytes):
    sizes = [int(size) for size in os.environ.get("MOTCUA_TEST_SIZES", "100000,1000000").split(",")]
    pages, tools, costs = [], [], {}
    for size in sizes:
        with DataFolder() as data:
            tools.append((size, *figures_of_tools(size, data)))
            # Look-ups by code alone are limited for each address: they come from many.
            with Demo(data=data, environment={"MOTCUA_TRUSTED_PROXIES": "127.0.0.1"}) as demo:
                cells = [size]
                for name, runs in costs_of_pages(demo, repeated).items():
                    cpu = statistics.median(run.cpu_us for run in runs)
                    costs.setdefault(name, []).append(cpu)
                    cells.append(f"{cpu:.0f} µs, {statistics.median(run.p99_ms for run in runs):.1f} ms")
                pages.append((*cells, f"{pss_bytes(demo.program.pid) / 1e6:.0f} MB"))
    if len(sizes) > 1:
        spread = math.log(sizes[-1] / sizes[0])
        exponents = [f"{math.log(cost[-1] / cost[0]) / spread:.2f}" for cost in costs.values()]
        pages.append(("exponent", *exponents, ""))
    table("sample and tools", ["dossiers", "made", "bytes each on disk", "`recount`", "`log verify`"], tools)
    table("scale (CPU per request, 99th percentile of the time)", ["dossiers", *costs, "PSS after it"], pages)


def figures_of_tools(size, data):
    environment = {**os.environ, "MOTCUA_DATA": str(data)}

    def seconds(*words):
        began = time.perf_counter()
        done = subprocess.run([binary("motcua"), *words], env=environment, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"motcua {' '.join(words)} ends with {done.returncode}:\n{done.stdout}{done.stderr}")
        return time.perf_counter() - began

    made = size / seconds("sample", "--dossiers", str(size), "--seed", "1")
    on_disk = sum(file.stat().st_size for file in data.iterdir() if file.name.startswith("motcua.sqlite"))
    recount, verify = seconds("recount"), seconds("log", "verify")
    return f"{made:.0f}/s", f"{on_disk / size:.0f}", f"{recount:.1f} s", f"{verify:.1f} s"


def costs_of_pages(demo, repeated):
    desk = RobotPerson(demo)
    story.sign_in_officer(desk, story.DESK)
    host = urllib.parse.urlsplit(demo.base).netloc
    officer = desk.robot.cookies[host]
    with tempfile.TemporaryDirectory() as folder:
        person, code = story.submitted_and_paid(RobotPerson(demo), demo, samples.make(folder))
    owner = person.robot.cookies[host]
    database = sqlite3.connect(f"file:{demo.data}/motcua.sqlite?mode=ro", uri=True)
    public = database.execute("SELECT code FROM dossier WHERE status = 10 ORDER BY id LIMIT 1").fetchone()[0]
    database.close()
    everything = "/viec?loc=tat-ca"
    asked = {
        "home": ("/", "Tra cứu", {}), "search": ("/thu-tuc?q=trich+luc+ho+tich", story.EXTRACT_NAME, {}),
        "figures": ("/thong-ke", "Số liệu giải quyết hồ sơ", {}),
        "tracking by code": (f"/ho-so/{public}", public, {"clients": True}),
        "tracking, as its owner": (f"/ho-so/{code}", code, {"cookies": owner}),
        "work list": (everything, "Tất cả đang mở", {"cookies": officer}),
        "work list, deep page": (deep_page(desk, everything), "Tất cả đang mở", {"cookies": officer}),
    }
    # The first visitor of a new process counts the figures; of a crowd, each would.
    desk.go("/thong-ke")
    pid = demo.program.pid
    load.pin(pid)
    return {name: repeated(pid, demo.base + path, word, **how) for name, (path, word, how) in asked.items()}


def deep_page(officer, path):
    """The address of the twentieth page, or of the last one."""
    for _ in range(DEEP_PAGE):
        officer.go(path)
        following = re.search(r'href="(/viec\?[^"]*sau=[^"]*)"', officer.robot.page.text)
        if not following:
            break
        path = following.group(1).replace("&amp;", "&")
    return path
