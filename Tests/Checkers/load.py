# SPDX-License-Identifier: Apache-2.0
"""Load on one address by wrk: several connections that stay open, every answer looked at (load.lua).

A client in Python asks a thousand times a second and one at a time, so that the server wakes its threads for every
request; a busy server has no such pauses.
"""
import dataclasses
import json
import os
import pathlib
import subprocess

SCRIPT = pathlib.Path(__file__).with_name("load.lua")
CONNECTIONS = 16
SECONDS = 4
# performance.md: the server on one core, the client on another.
SERVER_CORE, CLIENT_CORE = 0, 1


class WrongAnswers(Exception):
    """Somebody was answered something else than the page."""


@dataclasses.dataclass
class Run:
    """What one run showed."""

    requests: int
    per_second: float
    cpu_us: float
    p50_ms: float
    p99_ms: float
    answer_bytes: float
    unchanged: int


def ticks(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def cpu_seconds(pid):
    """User and system time of a process so far."""
    return ticks(pid) / os.sysconf("SC_CLK_TCK")


def pin(pid, core=SERVER_CORE):
    """Keeps all threads of a process on one core, when the machine has more than one."""
    if os.cpu_count() > 1:
        for thread in os.listdir(f"/proc/{pid}/task"):
            os.sched_setaffinity(int(thread), {core})


def run(pid, url, word, cookies=None, tag=None, clients=False, seconds=SECONDS, connections=CONNECTIONS):
    """One run of so many seconds against the process; raises WrongAnswers for one wrong answer.

    word: what must stand in each answer; None where each must lead elsewhere (303). tag: the ETag that the client
    shows, so that it may be told 304. clients: each request tells another address of a client, which the server
    believes when we are a trusted proxy.
    """
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(SCRIPT), url]
    if cookies:
        command[1:1] = ["-H", "Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items())]
    if tag:
        command[1:1] = ["-H", f"If-None-Match: {tag}"]
    if os.cpu_count() > 1:
        command[:0] = ["taskset", "-c", str(CLIENT_CORE)]
    before = cpu_seconds(pid)
    told_to_script = {"MOTCUA_LOAD_WORD": word} if word else {}
    if tag:
        told_to_script["MOTCUA_LOAD_TAGGED"] = "1"
    if clients:
        told_to_script["MOTCUA_LOAD_CLIENTS"] = "1"
    told = subprocess.run(
        command, env={**os.environ, **told_to_script}, check=True, capture_output=True, text=True
    ).stdout
    spent = cpu_seconds(pid) - before
    seen = json.loads(next(line for line in told.splitlines() if line.startswith("{")))
    if seen["wrong"] or seen["broken"] or not seen["requests"]:
        raise WrongAnswers(f"{url}: {seen}")
    return Run(
        requests=seen["requests"],
        per_second=seen["requests"] / seen["microseconds"] * 1e6,
        cpu_us=spent / seen["requests"] * 1e6,
        p50_ms=seen["p50"] / 1e3,
        p99_ms=seen["p99"] / 1e3,
        answer_bytes=seen["bytes"] / seen["requests"],
        unchanged=seen["unchanged"],
    )
