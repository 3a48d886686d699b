# SPDX-License-Identifier: Apache-2.0
"""A disk that runs full under the database and the files: writing is refused in words, reading goes on, and with room
again everything works without a restart.

The disk is a tmpfs of 48 MB, which only root may mount; without it this is skipped.

usage: fulldisk.py
"""
import contextlib
import json
import os
import pathlib
import secrets
import subprocess
import sys
import tempfile

import engines
import filing  # noqa: F401  puts the browser folder on the path
import samples
import story
from demo import Demo
from harness.processes import Skipped
from operated import ask, tool
from person import RobotPerson

SIZE = "48m"
WORDS = "tạm thời không lưu được"


@contextlib.contextmanager
def small_disk():
    """An empty file system that is soon full."""
    folder = tempfile.mkdtemp(prefix="motcua-disk-")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0700", "tmpfs", folder],
        capture_output=True, text=True, check=False,
    )
    if mounted.returncode:
        os.rmdir(folder)
        raise Skipped(f"no tmpfs can be mounted: {mounted.stderr.strip()}")
    try:
        yield pathlib.Path(folder)
    finally:
        subprocess.run(["umount", "-l", folder], check=False)
        os.rmdir(folder)


def fill(path):
    """Writes until there is no byte left; the bytes that it took."""
    taken = 0
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            while True:
                try:
                    taken += file.write(b"\0" * size)
                except OSError:
                    break
    return taken


def main():
    failures = []
    with small_disk() as disk, tempfile.TemporaryDirectory() as name:
        data = disk / "data"
        data.mkdir()
        # Each stranger comes from an address of her own, so that no limit stands before the disk.
        with Demo(data=data, environment={"MOTCUA_TRUSTED_PROXIES": "127.0.0.1"}) as demo:
            files = samples.make(pathlib.Path(name))
            citizen, code = story.submitted_and_paid(RobotPerson(demo), demo, files)
            late = filing.one_draft(RobotPerson(demo), filing.CITIZENS[1], files)
            uploading = at_upload(RobotPerson(demo))
            key = secrets.token_hex(32)
            archive = disk / "archive.mcbk"
            answer, said = tool(demo, "backup", str(archive), key=key)
            kept = archive.read_bytes() if answer == 0 else b""
            if answer:
                failures.append(f"a backup before the disk is full: {said}")
            before = int(engines.rows(demo, "SELECT count(*) FROM dossier")[0][0])
            taken = fill(disk / "ballast")
            print(f"    {taken / 1e6:.0f} MB of ballast; the disk is full")
            failures += judge_writing(demo, late, citizen, files)
            failures += judge_reading(demo, citizen, code)
            uploading.upload("Giấy tờ hộ tịch đã được cấp", files["photo"])
            status = uploading.robot.page.status
            if status != 507:
                failures.append(f"an upload on a full disk answers {status}: {uploading.words[:200]}")
            answer, said = tool(demo, "backup", str(archive), key=key)
            left = sorted(path.name for path in disk.glob("archive*"))
            if answer == 0 or left != ["archive.mcbk"] or archive.read_bytes() != kept:
                failures.append(f"a backup on a full disk answers {answer}, leaves {left}: {said}")
            (disk / "ballast").unlink()
            status, location = late.submit()
            if status not in (302, 303) or not filing.code_behind(late, location):
                failures.append(f"with room again a submission is answered {status}")
            after = int(engines.rows(demo, "SELECT count(*) FROM dossier")[0][0])
            if after != before + 1:
                failures.append(f"{after} dossiers, where {before} and one more were submitted")
            if "\nfiles: ok" not in ask(demo.base + "/readyz")[2]:
                failures.append(f"with room again /readyz says {ask(demo.base + '/readyz')[2]}")
            pid = demo.program.process.poll()
            if pid is not None:
                failures.append(f"the program ended with {pid}")
            demo.stop()
            answer, said = tool(demo, "doctor", "--data-only")
            if answer:
                failures.append(f"motcua doctor afterwards: {said}")
    return failures


def at_upload(person):
    """A person who stands before the list of papers, with nothing attached yet."""
    story.find(person, "trich luc ho tich", story.EXTRACT_NAME)
    story.begin(person, filing.CITIZENS[2])
    for _ in range(story.PAGES_OF_A_FORM):
        if "Chụp bằng điện thoại hoặc chọn tệp có sẵn" in person.words:
            return person
        story.answer_page(person)
        person.follow("Lưu và tiếp tục" if person.offers("Lưu và tiếp tục") else "Tiếp tục")
    raise RuntimeError(f"no page for papers, the last {person.url}")


def judge_writing(demo, draft, citizen, files):
    failures = []
    # SQLite has pages in its log that it may use again: some writes may still fit, then none.
    answers = []
    for number in range(600):
        status, _ = RobotStart(demo, f"10.0.{number // 250}.{number % 250 + 1}").begin()
        answers.append(status)
        if status == 507:
            break
    if answers[-1] != 507:
        failures.append(f"a write on a full disk answers {answers[-5:]}")
    status, _ = draft.submit()
    if status != 507:
        failures.append(f"a submission on a full disk answers {status}")
    page = draft.robot.ask(draft.method, draft.url, draft.body, draft.headers)
    if page.status != 507 or WORDS not in page.words:
        failures.append(f"the page on a full disk says {page.status}: {page.words[:300]}")
    if not page.headers["Retry-After"]:
        failures.append("no Retry-After on a full disk")
    answer = draft.robot.ask(
        draft.method, draft.url, draft.body, {**draft.headers, "Accept": "application/json"}, follow=False
    )
    if "problem+json" not in (answer.headers["Content-Type"] or ""):
        failures.append(f"a machine is answered {answer.headers['Content-Type']}")
    else:
        problem = json.loads(answer.body)
        if problem.get("status") != 507 or WORDS not in problem.get("detail", ""):
            failures.append(f"a machine is told {problem}")
    return failures


class RobotStart:
    """A write that any stranger causes: beginning to sign in."""

    def __init__(self, demo, address):
        self.person = RobotPerson(demo)
        ask = self.person.robot.ask

        def from_address(method, url, body=None, headers=None, follow=True):
            return ask(method, url, body, {**(headers or {}), "X-Forwarded-For": address}, follow)

        self.person.robot.ask = from_address

    def begin(self):
        self.person.go("/dang-nhap")
        page = self.person.robot.press("Đăng nhập bằng VNeID", follow=False)
        return page.status, page


def judge_reading(demo, citizen, code):
    failures = []
    for path in ("/", "/thu-tuc", "/thong-ke", "/tra-cuu"):
        status, _, _ = ask(demo.base + path)
        if status != 200:
            failures.append(f"{path} answers {status} on a full disk")
    if citizen.go(f"/ho-so/{code}") != 200 or code not in citizen.words:
        failures.append(f"the citizen cannot read her dossier on a full disk: {citizen.words[:200]}")
    status, _, ready = ask(demo.base + "/readyz")
    if status != 200 or not ready.startswith("degraded\n") or "files: file-store-full" not in ready:
        failures.append(f"/readyz on a full disk answers {status}: {ready}")
    return failures


if __name__ == "__main__":
    found = main()
    print("\n".join(found) or "passed")
    sys.exit(1 if found else 0)
