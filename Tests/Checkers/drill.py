# SPDX-License-Identifier: Apache-2.0
"""The drill: a backup while people submit, brought back on both engines; everything equal, every wrong way refused.

usage: drill.py [--engine sqlite|postgres]
"""
import argparse
import os
import pathlib
import re
import secrets
import sys
import tempfile
import threading

import engines
import filing
import samples
import story
from demo import Demo
from operated import tool
from person import RobotPerson


def main(engine="sqlite"):
    """Back up beside the running server; restore on both engines; everything equal; every wrong way refused."""
    failures, key = [], secrets.token_hex(32)
    with engines.database(engine) as database, Demo(database=database) as demo, tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        _, code = story.submitted_and_paid(RobotPerson(demo), demo, samples.make(folder))
        story.decided(demo, RobotPerson, code)
        archive = folder / "drill.mcbk"
        answer, said, expected = backed_up_under_load(demo, archive, key)
        if answer or not archive.exists():
            return [f"backup beside a running server ends with {answer}: {said}"]
        if archive.stat().st_mode & 0o077:
            failures.append("others may read the archive")
        root = re.search(r"gốc ([0-9a-f]{64})", said)
        answer, refused = tool(demo, "restore", "--replace", str(archive), key=key)
        if answer == 0 or "đang chạy trên cơ sở dữ liệu này" not in refused:
            failures.append(f"a restore over a running system answers {answer}: {refused}")
        demo.stop()
        answer, refused = tool(demo, "restore", str(archive), key=key)
        if answer == 0 or "--replace" not in refused:
            failures.append(f"a restore over data answers {answer}: {refused}")
        failures += judge_wrong_archives(demo, archive, folder, key)
        for target in ("sqlite", "postgres") if os.environ.get("MOTCUA_TEST_POSTGRES") else ("sqlite",):
            failures += restored(demo, target, archive, folder, key, code, root and root.group(1), expected)
    return [f"drill from {engine}: {failure}" for failure in failures]


def backed_up_under_load(demo, archive, key):
    """(exit code, words, {table: (least, most)}): people submit while the backup is taken."""
    drafts = filing.ready_drafts(demo, LOAD)
    before, statuses = counts(demo), []
    threads = [threading.Thread(target=lambda one=draft: statuses.append(one.submit()[0])) for draft in drafts]
    for thread in threads[: LOAD // 2]:
        thread.start()
    waiter = threading.Thread(target=lambda: [thread.start() for thread in threads[LOAD // 2 :]])
    waiter.start()
    answer, said = tool(demo, "backup", str(archive), key=key)
    waiter.join()
    for thread in threads:
        thread.join(60)
    if sorted(set(statuses)) not in ([302], [303]) or len(statuses) != LOAD:
        said, answer = f"submissions beside a backup are answered {statuses}", 1
    after = counts(demo)
    return answer, said, {table: (int(before[table]), int(after[table])) for table in TABLES}


# Enough that some come before the snapshot, some while it is read, some after it.
LOAD = 24
TABLES = (
    "dossier", "dossier_personal", "dossier_file", "result_document", "account", "officer", "obligation", "payment",
)


def counts(demo):
    return {table: engines.rows(demo, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}


class Elsewhere:
    """Where an archive was brought back to."""

    def __init__(self, data, database):
        self.data, self.database = data, database


def restored(demo, target, archive, folder, key, code, root, expected):
    failures = []
    with engines.database(target) as database:
        data = folder / f"elsewhere-{target}"
        answer, said = tool(demo, "restore", str(archive), data=data, database=database, key=key)
        if answer or "Mọi thứ đúng" not in said:
            return [f"restore into {target} ends with {answer}: {said}"]
        if root not in said:
            failures.append(f"restore into {target} does not name the root of the backup: {said}")
        found = counts(Elsewhere(data, database))
        for table, (least, most) in expected.items():
            if not least <= int(found[table]) <= most:
                failures.append(f"{target} holds {found[table]} rows of {table}, not {least} to {most}")
        acks = folder / "acks"
        acks.write_text(code + "\n")
        for words in (("doctor", "--data-only", "--against", str(acks)), ("log", "verify"), ("recount",)):
            answer, said = tool(demo, *words, data=data, database=database)
            if answer:
                failures.append(f"{target}: motcua {' '.join(words[:2])} answers {answer}: {said}")
    return failures


def judge_wrong_archives(demo, archive, folder, key):
    failures, content = [], archive.read_bytes()
    changed, cut = bytearray(content), content[: len(content) // 2]
    changed[len(content) // 3] ^= 4
    for title, wrong, used, words in (
        ("changed", bytes(changed), key, "bị sửa"),
        ("cut", cut, key, "cắt cụt"),
        ("other key", content, secrets.token_hex(32), "Khóa không đúng"),
        ("no archive", b"SQLite format 3" + bytes(200), key, "không phải bản sao lưu"),
    ):
        path, data = folder / "wrong.mcbk", folder / f"wrong-{title}"
        path.write_bytes(wrong)
        answer, said = tool(demo, "restore", str(path), data=data, key=used)
        if answer == 0 or words not in said:
            failures.append(f"{title}: answers {answer}: {said}")
        if used in said or key in said:
            failures.append(f"{title}: the key is told")
        answer, _ = tool(demo, "restore", "--check", str(path), key=used)
        if answer == 0:
            failures.append(f"{title}: --check passes it")
    return failures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", default="sqlite", choices=["sqlite", "postgres"])
    found = main(parser.parse_args().engine)
    print("\n".join(found) or "passed")
    sys.exit(1 if found else 0)
