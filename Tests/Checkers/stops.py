# SPDX-License-Identifier: Apache-2.0
"""A worker that is told to stop right after it has sent something ends with 0, again and again.

libcurl and libpq bring OpenSSL, whose exit handlers free what threads that are just ending still clean up. The library
of stops.c makes that moment long; a process that runs exit handlers while its threads end is then aborted about once in
ten stops.

usage: stops.py [--rounds N]
"""
import argparse
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

import filing  # noqa: F401  puts the browser folder on the path
import operated
import samples
import story
from demo import Demo
from harness.processes import Program, Skipped, binary
from person import RobotPerson

ROUNDS = 24


def widening(folder):
    """The library that makes the end of a process long."""
    compiler = shutil.which("clang") or shutil.which("cc")
    if compiler is None:
        raise Skipped("no C compiler")
    library = pathlib.Path(folder) / "stops.so"
    source = pathlib.Path(__file__).with_name("stops.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, source, "-ldl"], check=True)
    return library


def main(rounds=ROUNDS, seed=1):
    failures, chance = [], random.Random(seed)
    environment = {"MOTCUA_WORKER": "no", "MOTCUA_DRAIN_SECONDS": "0"}
    with Demo(environment=environment) as demo, tempfile.TemporaryDirectory() as name:
        library = widening(name)
        story.submitted_and_paid(RobotPerson(demo), demo, samples.make(pathlib.Path(name)))
        settings = {**demo.settings(), **operated.outside(demo), "LD_PRELOAD": str(library), "MALLOC_PERTURB_": "165"}
        database = sqlite3.connect(demo.data / "motcua.sqlite", timeout=20, isolation_level=None)
        for number in range(rounds):
            database.execute(
                "UPDATE job SET state = 'waiting', attempts = 0, run_at = 0, lease = NULL, leased_until = 0"
            )
            worker = Program([binary("motcua"), "worker"], settings, name="worker")
            done = "SELECT count(*) FROM job WHERE state = 'done'"
            if not operated.until(30, lambda: database.execute(done).fetchone()[0]):
                failures.append(f"the worker does nothing:\n{worker.output()[-800:]}")
            time.sleep(chance.choice([0, 0.05, 0.3, 1]) * chance.random())
            worker.stop(20)
            if worker.process.returncode != 0:
                said = [line for line in worker.lines if not line.startswith("{")]
                failures.append(f"stop {number + 1} ends with {worker.process.returncode}: {' '.join(said)[:400]}")
        database.close()
    return failures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    wrong_ones = main(parser.parse_args().rounds)
    print("\n".join(wrong_ones) or "passed")
    sys.exit(1 if wrong_ones else 0)
