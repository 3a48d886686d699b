# SPDX-License-Identifier: Apache-2.0
"""Measures the built product and prints the tables of docs/measurements.md.

usage: measure.py [plain] [start] [memory] [submissions] [pages] [logins] [session] [checking] [finding] [packs] [scale]
(all but finding, packs and scale without)

finding is the search over thousands of procedures (finding.py), packs their start and memory,
checking what `motcua check` costs for each of them (manypacks.py).

plain is the framework alone: a server with one short answer and nothing of ours (Tests/Plain).

scale fills databases with sample dossiers first (growth.py); MOTCUA_TEST_SIZES names how many, "100000,1000000"
without it.
"""
import concurrent.futures
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
import urllib.request

import doors
import engines
import filing
import finding
import growth
import load
import manypacks
import papers
import story
from demo import Demo
from harness.processes import ROOT, DataFolder, Program, binary, free_port
from load import cpu_seconds
from person import RobotPerson

CLIENTS = 32
SUBMISSIONS = 320
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


def repeated(pid, url, word, **how):
    """The runs against one address, after a short one that warms everything up."""
    load.run(pid, url, word, seconds=1, **how)
    return [load.run(pid, url, word, **how) for _ in range(REPEATS)]


def unchanged(pid, url, word):
    """The same with the tag of the page. It tells the minute, so that a run in which that changed is left out."""
    runs = []
    for _ in range(3 * REPEATS):
        with urllib.request.urlopen(url) as answer:
            run = load.run(pid, url, word, tag=answer.headers["ETag"])
        if run.unchanged == run.requests:
            runs.append(run)
        if len(runs) == REPEATS:
            return runs
    sys.exit(f"{url} is told as changed again and again")


def row(name, runs):
    cpu = [run.cpu_us for run in runs]
    return (
        name, f"{statistics.median(cpu):.0f} µs", f"{min(cpu):.0f}–{max(cpu):.0f}",
        f"{statistics.median(run.per_second for run in runs):,.0f}/s",
        f"{statistics.median(run.p99_ms for run in runs):.1f} ms", f"{runs[0].answer_bytes:,.0f}",
    )


LOAD_HEAD = ["page", "CPU per request", "spread", "answers by one core", "99th percentile of the time", "bytes"]


def plain():
    port = free_port()
    program = Program([binary("plain"), str(port)])
    try:
        program.wait_ready(f"http://127.0.0.1:{port}/")
        load.pin(program.pid)
        runs = repeated(program.pid, f"http://127.0.0.1:{port}/", "plain")
        table("plain", LOAD_HEAD, [row("the framework alone", runs)])
    finally:
        program.stop()


def slip_query(owner, demo, code, folder):
    """The query of the address in the QR code of the slip that the applicant was given."""
    slip = folder / "slip.pdf"
    slip.write_bytes(owner.robot.go(f"/ho-so/{code}/giay/xac-nhan-da-nop").body)
    found = [text for text in papers.read_qr(slip, folder) if f"/ho-so/{code}?" in text]
    return urllib.parse.urlsplit(found[0]).query


def pages():
    proxy = {"MOTCUA_TRUSTED_PROXIES": "127.0.0.1"}
    with Demo(environment=proxy) as demo, tempfile.TemporaryDirectory() as folder:
        import samples

        owner, code = story.submitted_and_paid(RobotPerson(demo), demo, samples.make(folder))
        officer = RobotPerson(demo)
        story.sign_in_officer(officer, story.DESK)
        host = urllib.parse.urlsplit(demo.base).netloc
        staff, hers = officer.robot.cookies[host], owner.robot.cookies[host]
        secret = slip_query(owner, demo, code, pathlib.Path(folder))
        asked = [
            ("home", "/", "Tra cứu", {}),
            ("procedure search", "/thu-tuc?q=trich+luc+ho+tich", story.EXTRACT_NAME, {}),
            ("tracking by the code", f"/ho-so/{code}", code, {"clients": True}),
            ("tracking with the slip's secret", f"/ho-so/{code}?{secret}", story.EXTRACT_NAME, {"clients": True}),
            ("tracking, as its owner", f"/ho-so/{code}", code, {"cookies": hers}),
            ("work list", "/viec", code, {"cookies": staff}),
            # Each of these leaves a record of access, on disk before the answer.
            ("case, as the desk", f"/viec/{code}", code, {"cookies": staff}),
        ]
        pid = demo.program.pid
        load.pin(pid)
        lines = [row(name, repeated(pid, demo.base + path, word, **how)) for name, path, word, how in asked]
        lines.insert(1, row("home, not changed (304)", unchanged(pid, demo.base + "/", "Tra cứu")))
        title = f"pages ({REPEATS} × {load.SECONDS} s, {load.CONNECTIONS} connections, server on one core)"
        table(title, LOAD_HEAD, lines)


def scale():
    growth.run(table, repeated, pss_bytes)


def logins():
    doors.logins(table)


def findings():
    finding.run(table)


def packs():
    manypacks.run(table, pss_bytes)


def session():
    doors.session(table)


def checking():
    manypacks.check(table)


FIGURES = {
    "plain": plain, "start": start, "memory": memory, "submissions": submissions, "pages": pages, "logins": logins,
    "session": session, "checking": checking, "finding": findings, "packs": packs, "scale": scale,
}


def main():
    asked = sys.argv[1:] or [name for name in FIGURES if name not in ("finding", "packs", "scale")]
    if "--help" in asked or any(name not in FIGURES for name in asked):
        print(__doc__)
        sys.exit(0 if "--help" in asked else 2)
    print(f"Measured on {machine()}, {time.strftime('%Y-%m-%d')}.")
    for name in asked:
        FIGURES[name]()


if __name__ == "__main__":
    main()
