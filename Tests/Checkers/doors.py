# SPDX-License-Identifier: Apache-2.0
"""What signing in costs: everybody else while 500 officers sign in at once, and each request that shows a session.

MOTCUA_TEST_LOGINS names another number of officers.
"""
import concurrent.futures
import json
import os
import pathlib
import statistics
import tempfile
import time
import urllib.parse

import filing  # noqa: F401  puts the browser folder on the path
import load
import samples
import story
from demo import Demo
from person import RobotPerson

LOGINS = int(os.environ.get("MOTCUA_TEST_LOGINS", "500"))
ROUNDS = 3
TURNS = 9
HELP, HELP_WORD = "/tro-giup", "1022"
# Answered without a page: what it costs more in a session is the check and nothing else.
BARE = "/hien-thi?ve=/"
PROXY = {"MOTCUA_TRUSTED_PROXIES": "127.0.0.1"}


def door(demo, number):
    """A robot before the door with name and password filled in, from an address of its own. Called, it sends them; its
    second part opens a page instead, by as many steps."""
    person = RobotPerson(demo)
    ask, address = person.robot.ask, f"10.9.{number // 250}.{number % 250 + 1}"

    def from_address(method, url, body=None, headers=None, follow=True):
        return ask(method, url, body, {**(headers or {}), "X-Forwarded-For": address}, follow)

    person.robot.ask = from_address
    person.go("/dang-nhap/can-bo")
    names = sorted(json.loads((demo.data / "demo.json").read_text())["passwords"])
    # More than five of one name at once are taken for guesses, and refused without a hash.
    name = names[number % len(names)]
    answers = {"Tên đăng nhập": name, "Mật khẩu": demo.password(name)}
    method, url, body, headers = person.robot.prepare("Đăng nhập", answers)
    return (
        lambda: person.robot.ask(method, url, body, headers, follow=False).status,
        lambda: person.robot.ask("GET", demo.base + HELP, follow=False).status,
    )


def give_way():
    """The officers' browsers run on machines of their own: here they must take nothing from the server, nor from who
    measures. They share the core of the latter, and only what it leaves."""
    if os.cpu_count() > 1:
        os.sched_setaffinity(0, {load.CLIENT_CORE})
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def crowd(pid, url, code, senders):
    """The load on the page while all of these send at once; their answers, and in how many seconds they came."""
    began = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(len(senders), initializer=give_way) as pool:
        sent = [pool.submit(send) for send in senders]
        run = load.run(pid, url, code, clients=True)
        answers = [one.result() for one in sent]
    return run, answers, time.perf_counter() - began


def logins(table):
    """Server on one core, clients on the other. Beside the logins stands a control: as many people who open a page at
    once, so that it shows what the crowd costs and what the passwords do."""
    lines = []
    for _ in range(ROUNDS):
        with Demo(environment=PROXY) as demo, tempfile.TemporaryDirectory() as folder:
            _, code = story.submitted_and_paid(RobotPerson(demo), demo, samples.make(pathlib.Path(folder)))
            with concurrent.futures.ThreadPoolExecutor(16) as pool:
                doors = list(pool.map(lambda number: door(demo, number), range(LOGINS)))
            pid, url = demo.program.pid, f"{demo.base}/ho-so/{code}"
            load.pin(pid)
            load.run(pid, url, code, clients=True, seconds=1)
            alone = load.run(pid, url, code, clients=True)
            reading, pages, _ = crowd(pid, url, code, [page for _, page in doors])
            beside, answers, seconds = crowd(pid, url, code, [send for send, _ in doors])
        if set(pages) != {200} or 303 not in answers:
            raise RuntimeError(f"wrong answers: {sorted(set(pages))}, {sorted(set(answers))}")
        told = ", ".join(f"{answers.count(status)} × {status}" for status in sorted(set(answers)))
        lines.append((
            f"{alone.p99_ms:.1f} ms", f"{reading.p99_ms:.1f} ms", f"{beside.p99_ms:.1f} ms",
            f"{beside.p99_ms / alone.p99_ms:.2f}", told, f"{seconds:.1f} s",
        ))
    table(
        f"logins ({LOGINS} at once, server on one core)",
        ["p99 of tracking alone", f"beside {LOGINS} who open a page", "beside the logins",
         "ratio of the last to the first", "answers to the logins", "all answered within"],
        lines,
    )


def session(table):
    """The same answer to a stranger, to one who shows a cookie that is none of ours, to a secret that opens nothing,
    and in a session: first one without a page, then a page, whose header draws who is signed in.

    What a session costs more than a cookie of the same length is its check; what that costs more than none is the way
    of any cookie through the server. The four take turns, so that a neighbour on the machine disturbs all alike.
    """
    with Demo() as demo:
        person = RobotPerson(demo)
        story.sign_in_officer(person, story.DESK)
        cookies = person.robot.cookies[urllib.parse.urlsplit(demo.base).netloc]
        pid = demo.program.pid
        load.pin(pid)
        shown = [
            ("a stranger", {}), ("a cookie that is none of ours", {"trang": "A" * 43}),
            ("a secret that opens nothing", {"phien": "A" * 43}), ("a session", {"phien": cookies["phien"]}),
        ]
        for name, path, word in (("an answer without a page", BARE, None), ("the help page", HELP, HELP_WORD)):
            def once(held, seconds):
                return load.run(pid, demo.base + path, word, cookies=held, seconds=seconds).cpu_us

            for _, held in shown:
                once(held, 1)
            turns = [[once(held, 2) for _, held in shown] for _ in range(TURNS)]
            lines = []
            for index, (who, _) in enumerate(shown):
                more = [
                    statistics.median(turn[index] - turn[other] for turn in turns) if index > other else None
                    for other in (0, 1)
                ]
                lines.append((
                    who, f"{statistics.median(turn[index] for turn in turns):.1f} µs",
                    *("" if value is None else f"{value:+.1f} µs" for value in more),
                ))
            table(
                f"session ({name}, server on one core, {TURNS} turns)",
                ["shown", "CPU per request", "more than a stranger", "more than any cookie"], lines,
            )
