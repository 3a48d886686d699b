# SPDX-License-Identifier: Apache-2.0
"""What an operator relies on: logs without personal data, figures, readiness, a stop that drains, background work
apart.

usage: operated.py [--only watched,drained]
"""
import argparse
import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

import engines
import filing  # noqa: F401  puts the browser folder on the path
import samples
import story
from demo import Demo
from harness.processes import ROOT, Program, Skipped, binary, free_port
from person import RobotPerson

CITIZENS = ROOT / "Sources" / "App" / "sandbox" / "Identity" / "SampleCitizen.swift"


def ask(url, headers=None):
    """(status, type, text) of a GET."""
    request = urllib.request.Request(url, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers.get("Content-Type"), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Content-Type"), error.read().decode()
    except OSError:
        return 0, None, ""  # nobody listens any more


def tool(demo, *words, data=None, database=None, key=None):
    """(exit code, what it said) of a command on the data of a demo, or on others."""
    environment = demo.environment_of_tools()
    if data:
        environment["MOTCUA_DATA"] = str(data)
        environment.pop("MOTCUA_DATABASE", None)
    if database:
        environment["MOTCUA_DATABASE"] = database
    if key:
        environment["MOTCUA_BACKUP_KEY"] = key
    done = subprocess.run(
        [binary("motcua"), *words], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


# MARK: watched


def personal_facts():
    """Everything by which a sample citizen could be known: name, number, telephone, mail."""
    rows = re.findall(r'citizen\("([^"]+)", "(\d{6})", (\d+),', CITIZENS.read_text())
    facts = set()
    for name, prefix, number in rows:
        place = int(number)
        facts |= {name, f"{prefix}{100 + place:06}", f"090000{100 + place:04}", f"cong-dan-{place}@mau.example"}
    if len(facts) < 40:
        raise RuntimeError("the sample citizens cannot be read any more")
    return facts


def judge_log(lines):
    """What is wrong with the log of a server that the story was walked on."""
    failures, requests = [], 0
    entries = []
    for line in lines:
        if not line.startswith("{"):
            continue  # what a demo tells a person
        try:
            entry = json.loads(line)
        except ValueError:
            failures.append(f"no JSON: {line[:200]}")
            continue
        if "level" in entry:
            entries.append((line, entry))
    for line, entry in entries:
        folded = line.casefold()
        for fact in FACTS:
            if fact.casefold() in folded:
                failures.append(f"a log line holds {fact!r}: {line[:300]}")
        if entry["message"] == "request":
            requests += 1
            if not re.fullmatch(r"[a-z2-7]{10}", entry.get("requestID", "")):
                failures.append(f"a request without its id: {line[:200]}")
            route = entry.get("route", "")
            if re.search(story.CODE, route) or re.search(r"/[0-9a-z]{20,}", route):
                failures.append(f"a raw address in the log: {route}")
    if requests < 30:
        failures.append(f"only {requests} requests in the log: the story was not walked on it")
    return failures


FACTS = personal_facts()


def judge_figures(text):
    """What is wrong with /metrics after the story."""
    try:
        from prometheus_client.parser import text_string_to_metric_families
    except ImportError:
        raise Skipped("the Python package prometheus_client is not installed") from None
    families = {family.name: family for family in text_string_to_metric_families(text)}
    failures = []
    for name in (
        "motcua_http_requests", "motcua_http_request_seconds", "motcua_store_batch_writes", "motcua_sessions_open",
        "motcua_journal_events", "motcua_worker_seen_seconds", "process_resident_memory_bytes",
    ):
        if not families.get(name) or not families[name].samples:
            failures.append(f"no figure {name}")
    for family in families.values():
        for sample in family.samples:
            words = " ".join(sample.labels.values())
            if re.search(story.CODE, words) or any(fact.casefold() in words.casefold() for fact in FACTS):
                failures.append(f"a label that is no kind of thing: {sample}")
    if failures:
        return failures
    routes = {sample.labels["route"] for sample in families["motcua_http_requests"].samples}
    for route in ("/", "/ho-so/{ma}", "/viec/{ma}", "-"):
        if route not in routes:
            failures.append(f"no answers counted at {route}: {sorted(routes)}")
    if len(routes) > 120:
        failures.append(f"{len(routes)} routes are counted: raw addresses?")
    seconds = families["motcua_http_request_seconds"].samples
    for route in routes:
        buckets = [s.value for s in seconds if s.labels.get("route") == route and s.name.endswith("_bucket")]
        count = [s.value for s in seconds if s.labels.get("route") == route and s.name.endswith("_count")]
        answers = sum(s.value for s in families["motcua_http_requests"].samples if s.labels["route"] == route)
        if buckets != sorted(buckets) or [buckets[-1]] != count:
            failures.append(f"the buckets of {route} do not add up")
        # A scrape may come between the two; nothing else does.
        if abs(answers - count[0]) > 2:
            failures.append(f"{route}: {answers} answers, {count[0]} times")
    return failures


def watched():
    failures, figures = [], None
    with Demo() as demo, tempfile.TemporaryDirectory() as name:
        citizen, code = story.submitted_and_paid(RobotPerson(demo), demo, samples.make(pathlib.Path(name)))
        story.decided(demo, RobotPerson, code)
        citizen.go(f"/ho-so/{code}")
        ask(demo.base + "/khong-co-trang-nay/" + code)
        status, _, ready = ask(demo.base + "/readyz")
        if status != 200 or not ready.startswith("ready\n") or "worker: ok" not in ready:
            failures.append(f"/readyz answers {status}: {ready}")
        status, kind, figures = ask(demo.base + "/metrics")
        if status != 200 or kind != "text/plain; version=0.0.4; charset=utf-8":
            failures.append(f"/metrics answers {status} {kind}")
        status, _, _ = ask(demo.base + "/metrics", {"X-Forwarded-For": "203.0.113.9"})
        if status != 404:
            failures.append(f"/metrics answers {status} to whoever comes through a proxy")
        demo.stop()
        failures += judge_log(demo.program.lines)
    # The judge of logs must be able to fail.
    if not judge_log(['{"level":"info","message":"request","requestID":"' + "a" * 10 + f'","x":"{story.CITIZEN}"}}']):
        failures.append("the judge of logs passes a citizen's name")
    return failures + judge_figures(figures)


# MARK: drained, and background work apart


def outside(demo):
    """The settings of `serve` and `worker` for the outside world of a demo."""
    secret = json.loads((demo.data / "demo.json").read_text())
    _, _, mailbox = ask(demo.sandbox + "/hop-thu")
    if not mailbox:
        raise RuntimeError("the sandbox has no mailbox")
    mail = next(port for port in listening_children(demo) if port != demo.sandbox_port)
    return {
        "MOTCUA_SLIP_KEY": secret["slipKey"], "MOTCUA_LOG_KEY": secret["logKey"],
        "MOTCUA_OIDC_ISSUER": demo.sandbox + "/dinh-danh", "MOTCUA_OIDC_CLIENT": "motcua",
        "MOTCUA_OIDC_SECRET": secret["oidcSecret"], "MOTCUA_PAYMENT_URL": demo.sandbox + "/cong-thanh-toan",
        "MOTCUA_PAYMENT_CLIENT": "MOTCUA", "MOTCUA_PAYMENT_KEY1": secret["paymentKey1"],
        "MOTCUA_PAYMENT_KEY2": secret["paymentKey2"], "MOTCUA_PAYMENT_ACCOUNT": "0000000000",
        "MOTCUA_PAYMENT_BANK": "000000", "MOTCUA_PAYMENT_HOLDER": "KHO BAC MAU",
        "MOTCUA_TSA_URL": demo.sandbox + "/tsa",
        "MOTCUA_TRUST_ROOTS": str(demo.data / "trust-roots.pem"), "MOTCUA_MAIL_URL": f"smtp://127.0.0.1:{mail}",
        "MOTCUA_SMS_URL": demo.sandbox + "/sms",
    }


def listening_children(demo):
    """Ports on which the children of the demo listen, its sandbox, by the kernel's word."""
    family = [
        int(line) for line in subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(demo.program.pid)], capture_output=True, text=True, check=False
        ).stdout.split()
    ]
    inodes = set()
    for pid in family:
        for entry in pathlib.Path(f"/proc/{pid}/fd").iterdir():
            try:
                found = re.fullmatch(r"socket:\[(\d+)\]", os.readlink(entry))
            except OSError:
                continue
            if found:
                inodes.add(found.group(1))
    ports = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in pathlib.Path(table).read_text().splitlines()[1:]:
            words = line.split()
            if words[3] == "0A" and words[9] in inodes:
                ports.add(int(words[1].rsplit(":", 1)[1], 16))
    return sorted(ports)


def waiting_jobs(demo):
    return int(engines.rows(demo, "SELECT count(*) FROM job WHERE state = 'waiting'")[0][0])


def until(seconds, condition):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def drained():
    failures = []
    admin = free_port()
    environment = {"MOTCUA_WORKER": "no", "MOTCUA_DRAIN_SECONDS": "4", "MOTCUA_ADMIN_PORT": str(admin)}
    with Demo(environment=environment) as demo, tempfile.TemporaryDirectory() as name:
        story.submitted_and_paid(RobotPerson(demo), demo, samples.make(pathlib.Path(name)))
        waiting = waiting_jobs(demo)
        status, _, ready = ask(demo.base + "/readyz")
        if not waiting:
            failures.append("a submission queues no notice, so background work cannot be judged")
        if status != 200 or "worker: never seen" not in ready or not ready.startswith("degraded\n"):
            failures.append(f"/readyz without a worker answers {status}: {ready}")
        wanted = {"/metrics": 'motcua_jobs_waiting{kind="', "/readyz": "database: ok", "/healthz": "ok"}
        for path, words in wanted.items():
            status, _, text = ask(f"http://127.0.0.1:{admin}{path}")
            if status != 200 or words not in text:
                failures.append(f"the admin port answers {status} at {path}: {text[:200]}")
        if ask(f"http://127.0.0.1:{admin}/thu-tuc")[0] != 404:
            failures.append("the admin port shows more than it should")
        failures += judge_job_in_hand(demo)
        worker = Program([binary("motcua"), "worker"], {**demo.settings(), **outside(demo)}, name="worker")
        if not until(30, lambda: waiting_jobs(demo) == 0):
            left = engines.rows(demo, "SELECT kind, attempts, last_error FROM job WHERE state = 'waiting'")
            failures.append(f"jobs wait after 30 s of `motcua worker`: {left}\n{worker.output()[-800:]}")
        if not until(15, lambda: "worker: ok" in ask(demo.base + "/readyz")[2]):
            failures.append("the worker of another process is not seen")
        seconds = worker.stop(20)
        if worker.process.returncode != 0 or seconds > 15:
            said = worker.output()[-3000:]
            failures.append(f"the worker ends with {worker.process.returncode} after {seconds:.1f} s: {said}")
        failures += judge_drain(demo)
    return failures


class SlowGateway(http.server.BaseHTTPRequestHandler):
    """An SMS gateway that takes its time: the job in hand when the worker is told to stop."""

    asked = 0

    def do_POST(self):
        SlowGateway.asked += 1
        self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(4)
        body = b'{"id": "slow"}'
        self.send_response(202)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def judge_job_in_hand(demo):
    """SIGTERM while a notice is being sent: it is finished and done, the others are given back as if never taken."""
    failures, waiting = [], waiting_jobs(demo)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), SlowGateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    slow = {"MOTCUA_SMS_URL": f"http://127.0.0.1:{server.server_address[1]}/sms"}
    worker = Program([binary("motcua"), "worker"], {**demo.settings(), **outside(demo), **slow}, name="worker")
    if not until(30, lambda: SlowGateway.asked > 0):
        failures.append(f"the worker sends nothing:\n{worker.output()[-800:]}")
    seconds = worker.stop(20)
    server.shutdown()
    if worker.process.returncode != 0 or not 2 < seconds < 12:
        failures.append(f"a worker with a job in hand ends with {worker.process.returncode} after {seconds:.1f} s")
    left = engines.rows(demo, "SELECT attempts, lease IS NULL FROM job WHERE state = 'waiting'")
    # Notices by mail alone may stand before the one in hand; three are taken at once, and four wait.
    if SlowGateway.asked != 1 or not 1 <= len(left) < waiting:
        failures.append(f"{SlowGateway.asked} messages sent, {len(left)} of {waiting} jobs wait after the stop")
    if any(row != ["0", "1"] for row in left):
        failures.append(f"jobs that were not begun are not as before: attempts and lease {left}")
    return failures


def judge_drain(demo):
    """SIGTERM: not ready at once, still serving, then gone, with exit code 0."""
    failures = []
    demo.program.process.terminate()
    if not until(2, lambda: ask(demo.base + "/readyz")[0] == 503):
        failures.append("/readyz does not say that the program stops")
    elif "serving: stopping" not in ask(demo.base + "/readyz")[2]:
        failures.append(f"/readyz does not say why: {ask(demo.base + '/readyz')[2]}")
    if ask(demo.base + "/thu-tuc")[0] != 200:
        failures.append("requests are refused while it drains")
    try:
        demo.program.process.wait(20)
    except subprocess.TimeoutExpired:
        failures.append("it does not end within 20 s")
    if demo.program.process.returncode not in (0, None):
        failures.append(f"it ends with {demo.program.process.returncode}")
    return failures


PARTS = {"watched": watched, "drained": drained}


def main(names=tuple(PARTS)):
    failures = []
    for name in names:
        began = time.monotonic()
        found = PARTS[name]()
        print(f"    {name}: {len(found)} failures in {time.monotonic() - began:.0f} s", flush=True)
        failures += [f"{name}: {failure}" for failure in found]
    return failures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(PARTS))
    wrong_ones = main(parser.parse_args().only.split(","))
    print("\n".join(wrong_ones) or "passed")
    sys.exit(1 if wrong_ones else 0)
