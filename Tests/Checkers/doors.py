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
import threading
import time
import urllib.parse

import filing  # noqa: F401  puts the browser folder on the path
import load
import samples
import story
from demo import Demo
from person import RobotPerson

LOGINS = int(os.environ.get("MOTCUA_TEST_LOGINS", "500"))
HELP, HELP_WORD = "/tro-giup", "1022"
# Answered without a page: what it costs more in a session is the check and nothing else.
BARE = "/hien-thi?ve=/"
PROXY = {"MOTCUA_TRUSTED_PROXIES": "127.0.0.1"}


def door(demo, number):
    """A robot before the door with name and password filled in, from an address of its own; sends them when called."""
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
    return lambda: person.robot.ask(method, url, body, headers, follow=False).status


def give_way():
    """The officers' browsers run on machines of their own: here they must not take the processor from the server."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)


def logins(table):
    with Demo(environment=PROXY) as demo, tempfile.TemporaryDirectory() as folder:
        _, code = story.submitted_and_paid(RobotPerson(demo), demo, samples.make(pathlib.Path(folder)))
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            doors = list(pool.map(lambda number: door(demo, number), range(LOGINS)))
        pid, url = demo.program.pid, f"{demo.base}/ho-so/{code}"
        load.run(pid, url, code, clients=True, seconds=1)
        alone = load.run(pid, url, code, clients=True)
        began = time.perf_counter()
        with concurrent.futures.ThreadPoolExecutor(LOGINS, initializer=give_way) as pool:
            sent = [pool.submit(send) for send in doors]
            beside = load.run(pid, url, code, clients=True)
            answers = [one.result() for one in sent]
        seconds = time.perf_counter() - began
        if 303 not in answers:
            raise RuntimeError(f"nobody came in: {sorted(set(answers))}")
        told = ", ".join(f"{answers.count(status)} × {status}" for status in sorted(set(answers)))
        table(
            f"logins ({LOGINS} at once)",
            ["p99 of tracking alone", "p99 beside the logins", "ratio", "answers to the logins", "all answered within"],
            [(f"{alone.p99_ms:.1f} ms", f"{beside.p99_ms:.1f} ms", f"{beside.p99_ms / alone.p99_ms:.2f}", told,
              f"{seconds:.1f} s")],
        )


def session(table, repeated):
    """The same answer to a stranger, to a secret that opens nothing, and in a session: first one without a page, where
    the difference is the check alone, then a page, whose header draws who is signed in."""
    with Demo() as demo:
        person = RobotPerson(demo)
        story.sign_in_officer(person, story.DESK)
        cookies = person.robot.cookies[urllib.parse.urlsplit(demo.base).netloc]
        pid = demo.program.pid
        load.pin(pid)
        shown = [("a stranger", {}), ("a secret that opens nothing", {"phien": "A" * 43}), ("a session", cookies)]
        for name, path, word in (("an answer without a page", BARE, None), ("the help page", HELP, HELP_WORD)):
            medians = []
            for _, held in shown:
                runs = repeated(pid, demo.base + path, word, cookies=held)
                medians.append(statistics.median(run.cpu_us for run in runs))
            lines = [
                (who, f"{cpu:.1f} µs", f"{cpu - medians[0]:+.1f} µs") for (who, _), cpu in zip(shown, medians)
            ]
            table(f"session ({name}, server on one core)", ["shown", "CPU per request", "more than a stranger"], lines)
