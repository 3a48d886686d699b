# SPDX-License-Identifier: Apache-2.0
"""kill -9 during 200 concurrent submissions: every acknowledged dossier is there, none twice, no file missing.

usage: kill.py [--engine sqlite|postgres] [--count 200] [--seed N]
"""
import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time

import engines
import filing
from demo import Demo
from harness.processes import binary

ACKNOWLEDGED = (302, 303)


def storm(demo, drafts, seed):
    """Presses all buttons at once and kills the server after a random number of answers: {draft: Location}."""
    wanted = random.Random(seed).randint(len(drafts) // 10, len(drafts) * 3 // 4)
    acknowledged, refused = {}, []
    gate, lock = threading.Barrier(len(drafts) + 1), threading.Lock()

    def press(draft):
        gate.wait()
        try:
            status, location = draft.submit()
        except OSError:
            return  # the server died under the request: nothing was promised
        with lock:
            if status in ACKNOWLEDGED:
                acknowledged[draft] = location
            else:
                refused.append(status)

    threads = [threading.Thread(target=press, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    gate.wait()
    end = time.monotonic() + 60
    while len(acknowledged) < wanted and any(thread.is_alive() for thread in threads) and time.monotonic() < end:
        time.sleep(0.0005)
    demo.program.kill()
    for thread in threads:
        thread.join(90)
    return acknowledged, refused


def again(drafts, failures):
    """Presses every button once more with the same key, as a browser does that got no answer: {draft: code}."""
    codes = {}
    for draft in drafts:
        status, location = draft.submit()
        if status not in ACKNOWLEDGED:
            failures.append(f"the repeated submission is answered {status}: {draft.url}")
        codes[draft] = filing.code_behind(draft, location)
    return codes


def judge(demo, drafts, acknowledged):
    failures = []
    told = {draft: filing.code_behind(draft, location) for draft, location in acknowledged.items()}
    kept = [row[0] for row in engines.rows(demo, "SELECT code FROM dossier")]
    lost = [code for code in told.values() if kept.count(code) != 1]
    if lost:
        failures.append(f"{len(lost)} acknowledged dossiers are not there exactly once, first {lost[0]}")
    before, codes = len(kept), again(drafts, failures)
    changed = [draft for draft, code in told.items() if codes[draft] != code]
    if changed:
        failures.append(f"{len(changed)} dossiers have another code after the repeated submission")
    count = int(engines.rows(demo, "SELECT count(*) FROM dossier")[0][0])
    if count != len(drafts) or len(set(codes.values())) != len(drafts):
        failures.append(f"{count} dossiers, {len(set(codes.values()))} codes for {len(drafts)} drafts")
    print(f"    {len(acknowledged)} acknowledged before the kill, {before} on disk after it, {count} after repeating")
    with tempfile.NamedTemporaryFile("w", suffix=".acks") as acks:
        acks.write("".join(f"{code}\n" for code in codes.values() if code))
        acks.flush()
        doctor = subprocess.run(
            [binary("motcua"), "doctor", "--data-only", "--against", acks.name],
            env=demo.environment_of_tools(), capture_output=True, text=True, check=False,
        )
        if doctor.returncode:
            failures.append(f"motcua doctor --against: {(doctor.stdout + doctor.stderr).strip()[-600:]}")
    return failures


def main(engine="sqlite", count=200, seed=None):
    seed = seed if seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"    {engine}: {count} submissions, seed {seed}")
    with engines.database(engine) as database, Demo(database=database) as demo:
        drafts = filing.ready_drafts(demo, count)
        acknowledged, refused = storm(demo, drafts, seed)
        failures = [f"a submission was refused with {status}" for status in refused]
        if not acknowledged:
            failures.append("nothing was acknowledged before the kill")
        demo.start(again=True)
        print(f"    ready again after {demo.seconds_to_ready:.1f} s")
        failures += judge(demo, drafts, acknowledged)
        return [f"kill -9, {engine}, seed {seed}: {failure}" for failure in failures]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", default="sqlite", choices=["sqlite", "postgres"])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int)
    asked = parser.parse_args()
    found = main(asked.engine, asked.count, asked.seed)
    print("\n".join(found) or "passed")
    sys.exit(1 if found else 0)
