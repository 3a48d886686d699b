# SPDX-License-Identifier: Apache-2.0
"""Measures the built product and prints the tables of docs/measurements.md.

usage: measure.py [start] [memory] [submissions] [pages] [scale]      (all but scale when none is named)

scale fills databases with sample dossiers first (growth.py); MOTCUA_TEST_SIZES names how many, "100000,1000000"
without it.
"""
import concurrent.futures
import http.client
import os
import pathlib
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

import engines
import filing
import growth
import story
from demo import Demo
from person import RobotPerson

CLIENTS = 32
SUBMISSIONS = 320
PAGE_REQUESTS = 3_000
REPEATS = 5


def machine():
    model = next(
        (line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?"
    )
    return f"{os.cpu_count()} × {model}, Linux {platform.release()}"


def table(title, head, lines):
    print(f"\n### {title}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for line in lines:
        print(f"| {' | '.join(str(cell) for cell in line)} |")


def pss_bytes(pid):
    for line in open(f"/proc/{pid}/smaps_rollup"):
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("no Pss in smaps_rollup")


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def start():
    with Demo() as demo:
        first = demo.seconds_to_ready
        later = []
        for _ in range(REPEATS):
            demo.stop()
            demo.start(again=True)
            later.append(demo.seconds_to_ready)
        table(
            "start", ["", "seconds until /readyz"],
            [("first, empty data folder", f"{first:.2f}"),
             (f"second, median of {REPEATS}", f"{statistics.median(later):.2f} ({min(later):.2f}–{max(later):.2f})")],
        )


def memory():
    with Demo() as demo:
        time.sleep(10)
        first = pss_bytes(demo.program.pid)  # has just hashed the passwords of all sample accounts
        demo.stop()
        demo.start(again=True)
        time.sleep(10)
        later = pss_bytes(demo.program.pid)
        lines = [("first start", f"{first / 1e6:.1f} MB"), ("second start", f"{later / 1e6:.1f} MB")]
        table("memory", ["10 s after start, no requests", "PSS of motcua"], lines)


def counts(demo):
    if demo.database:
        names = [row[0] for row in engines.rows(
            demo, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")]
    else:
        names = [row[0] for row in engines.rows(
            demo, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]
    return {name: int(engines.rows(demo, f"SELECT count(*) FROM {name}")[0][0]) for name in names}


def bare_sqlite(transactions, rows):
    """Seconds of a bare loop: each transaction inserts so many rows of 300 bytes, durable (WAL, FULL)."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("MOTCUA_TEST_BARE")) as folder:
        connection = sqlite3.connect(f"{folder}/bare.sqlite", isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE d (id INTEGER PRIMARY KEY, code TEXT UNIQUE, state TEXT, body BLOB) STRICT")
        body, number = os.urandom(300), 0
        began = time.perf_counter()
        for _ in range(transactions):
            connection.execute("BEGIN IMMEDIATE")
            for _ in range(rows):
                number += 1
                connection.execute("INSERT INTO d (code, state, body) VALUES (?, 'x', ?)", (f"c-{number}", body))
            connection.execute("COMMIT")
        return time.perf_counter() - began


def bare_postgres(url, transactions, rows):
    engines.psql(url, "CREATE TABLE bare (id BIGSERIAL PRIMARY KEY, code TEXT UNIQUE, state TEXT, body TEXT)")
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        for number in range(transactions):
            script.write("BEGIN;\n")
            for row in range(rows):
                values = f"'c-{number}-{row}', 'x', '{'y' * 300}'"
                script.write(f"INSERT INTO bare (code, state, body) VALUES ({values});\n")
            script.write("COMMIT;\n")
        script.flush()
        began = time.perf_counter()
        subprocess.run(["psql", "-X", "-q", url, "-f", script.name], check=True, capture_output=True)
        return time.perf_counter() - began


def submissions():
    lines = []
    for engine in ("sqlite", "postgres") if os.environ.get("MOTCUA_TEST_POSTGRES") else ("sqlite",):
        with engines.database(engine) as database, Demo(database=database) as demo:
            drafts = filing.ready_drafts(demo, SUBMISSIONS)
            before = counts(demo)
            cpu = cpu_seconds(demo.program.pid)
            began = time.perf_counter()
            with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
                answers = list(pool.map(lambda draft: draft.submit()[0], drafts))
            seconds = time.perf_counter() - began
            cpu = cpu_seconds(demo.program.pid) - cpu
            wrong = [status for status in answers if status != 303]
            if wrong:
                sys.exit(f"{len(wrong)} of {len(answers)} submissions were answered {sorted(set(wrong))}")
            after = counts(demo)
            rows = max(1, round(sum(after[name] - before[name] for name in after) / SUBMISSIONS))
            bare = bare_postgres(database, SUBMISSIONS, rows) if database else bare_sqlite(SUBMISSIONS, rows)
            lines.append((
                engine, f"{SUBMISSIONS / seconds:.0f}/s", f"{cpu / SUBMISSIONS * 1e3:.2f} ms", rows,
                f"{SUBMISSIONS / bare:.0f}/s", f"{bare / seconds:.2f}",
            ))
    table(
        f"submissions ({SUBMISSIONS}, by {CLIENTS} clients)",
        ["engine", "submissions", "CPU each", "rows each", "bare loop of the same rows", "ratio"], lines,
    )


def cpu_per_request(demo, path, cookies, token, requests=PAGE_REQUESTS, visitors=None):
    """µs of CPU of the server for one GET (median, least, most) and the 99th percentile of its time in ms; each answer
    is checked for its status and a word of the page. `visitors` gives the address of each visitor behind a proxy."""
    host = urllib.parse.urlsplit(demo.base).netloc
    connection = http.client.HTTPConnection(host, timeout=30)
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}

    times = []

    def ask(count):
        for _ in range(count):
            if visitors:
                headers["X-Forwarded-For"] = next(visitors)
            began = time.perf_counter()
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            times.append(time.perf_counter() - began)
            if answer.status != 200 or token.encode() not in body:
                sys.exit(f"{path} answers {answer.status} without “{token}”")

    ask(requests // 10)
    times.clear()
    figures = []
    for _ in range(REPEATS):
        began = cpu_seconds(demo.program.pid)
        ask(requests)
        figures.append((cpu_seconds(demo.program.pid) - began) / requests * 1e6)
    return statistics.median(figures), min(figures), max(figures), statistics.quantiles(times, n=100)[98] * 1e3


def pages():
    with Demo() as demo, tempfile.TemporaryDirectory() as folder:
        import samples

        owner, code = story.submitted_and_paid(RobotPerson(demo), demo, samples.make(folder))
        officer = RobotPerson(demo)
        story.sign_in_officer(officer, story.DESK)
        host = urllib.parse.urlsplit(demo.base).netloc
        cookies, hers = officer.robot.cookies[host], owner.robot.cookies[host]
        asked = [
            # By the code alone look-ups are limited; the page of its owner holds all that there is to show.
            ("home", "/", None, "Tra cứu"), ("tracking, as its owner", f"/ho-so/{code}", hers, code),
            ("work list", "/viec", cookies, code),
            # Each of these leaves a record of access, on disk before the answer.
            ("case, as the desk", f"/viec/{code}", cookies, code),
        ]
        lines = []
        for name, path, jar, token in asked:
            middle, low, high, slow = cpu_per_request(demo, path, jar, token)
            lines.append((name, f"{middle:.0f} µs", f"{low:.0f}–{high:.0f}", f"{slow:.1f} ms"))
        head = ["page", "CPU per request", "spread", "99th percentile of the time"]
        table(f"pages ({REPEATS} × {PAGE_REQUESTS} requests)", head, lines)


def scale():
    growth.run(table, cpu_per_request, pss_bytes)


FIGURES = {"start": start, "memory": memory, "submissions": submissions, "pages": pages, "scale": scale}


def main():
    asked = sys.argv[1:] or [name for name in FIGURES if name != "scale"]
    if "--help" in asked or any(name not in FIGURES for name in asked):
        print(__doc__)
        sys.exit(0 if "--help" in asked else 2)
    print(f"Measured on {machine()}, {time.strftime('%Y-%m-%d')}.")
    for name in asked:
        FIGURES[name]()


if __name__ == "__main__":
    main()
