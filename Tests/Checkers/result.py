# SPDX-License-Identifier: Apache-2.0
"""Every procedure once by robots, for what only tools can judge: delivered results, form 01, the journal's tree."""
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import urllib.request

import filing  # noqa: F401  puts the browser folder on the path
import chapters_procedures
import papers
import procedures
import samples
import story
import tree
from demo import Demo
from harness.processes import Skipped, binary
from person import RobotPerson


def main():
    if papers.missing_tools():
        raise Skipped(f"missing: {', '.join(papers.missing_tools())}")
    failures = tree.prove()
    with Demo() as demo, tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        result, slip = walk(demo, folder)
        root = folder / "root.pem"
        root.write_bytes(urllib.request.urlopen(demo.sandbox + "/ca/root.pem", timeout=10).read())
        wanted = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "TRÍCH LỤC", story.CITIZEN]
        failures += [f"result: {one}" for one in papers.judge_result(result, [root], wanted, f"{demo.base}/xac-minh")]
        failures += [f"form 01: {one}" for one in judge_slip(slip, folder, demo)]
        failures += judge_verification_page(demo, result, folder)
        failures += judge_others(demo, folder, root)
        demo.stop()
        failures += judge_tree(demo, folder)
    return failures


def walk(demo, folder):
    """Files of the signed result and of form 01, as the citizen downloads them."""
    citizen, code = story.submitted_and_paid(RobotPerson(demo), demo, samples.make(folder))
    story.decided(demo, RobotPerson, code)
    citizen.go(f"/ho-so/{code}")
    result, slip = folder / "result.pdf", folder / "slip.pdf"
    result.write_bytes(citizen.download(story.RESULT_LINK))
    slip.write_bytes(citizen.download("Giấy tiếp nhận"))
    return result, slip


def judge_others(demo, folder, root):
    """The results of the other procedures: structure, text, signature, time stamp and code."""
    files = samples.make(folder)
    failures = []
    for procedure in procedures.ALL:
        citizen = RobotPerson(demo)
        code = chapters_procedures.filed(citizen, procedure, files)
        chapters_procedures.decided(lambda _: RobotPerson(demo), procedure, code)
        path = folder / f"{procedure.code}.pdf"
        path.write_bytes(chapters_procedures.delivered(citizen, procedure, code))
        wanted = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", *procedure.printed]
        found = papers.judge_result(path, [root], wanted, f"{demo.base}/xac-minh")
        failures += [f"{procedure.code}: {one}" for one in found]
    return failures


def judge_slip(path, folder, demo):
    failures = []
    papers.judge_structure(path, failures)
    papers.judge_text(path, ["GIẤY TIẾP NHẬN HỒ SƠ", story.CITIZEN], failures)
    read = papers.read_qr(path, folder)
    if not any(text.startswith(demo.base) for text in read):
        failures.append(f"zbarimg reads {read}")
    return failures


def judge_verification_page(demo, result, folder):
    """`/xac-minh` says genuine of the file and of what its QR says, and not of a changed copy."""
    failures = []
    pictures = folder / "pictures"
    pictures.mkdir()
    address = next(text for text in papers.read_qr(result, pictures) if "/xac-minh" in text)
    for typed in (address, address.rsplit("=", 1)[1].upper()):
        person = RobotPerson(demo)
        person.go("/xac-minh")
        person.fill("Địa chỉ đọc từ mã QR", typed)
        person.press("Kiểm tra")
        if "Giấy tờ là thật" not in person.words:
            failures.append(f"/xac-minh does not know {typed}: {person.words[:300]}")
    changed = folder / "changed-result.pdf"
    data = bytearray(result.read_bytes())
    content, _ = papers.signature_places(bytes(data))
    data[content] ^= 1
    changed.write_bytes(data)
    for path, words in ((result, "Giấy tờ là thật"), (changed, "Giấy tờ đã bị sửa")):
        person = RobotPerson(demo)
        person.go("/xac-minh")
        person.upload("Chọn tệp PDF", path, "Kiểm tra tệp")
        if words not in person.words:
            failures.append(f"/xac-minh does not say “{words}” of {path.name}: {person.words[:300]}")
    return failures


def verified(demo):
    done = subprocess.run(
        [binary("motcua"), "log", "verify"],
        env=demo.environment_of_tools(), capture_output=True, text=True, check=False,
    )
    return done.returncode, done.stdout


def judge_tree(demo, folder):
    """pymerkle and `motcua log verify` name the same root; a changed row is found and named."""
    files = [path for path in demo.data.rglob("*") if path.is_file()]
    database = next(path for path in files if path.read_bytes()[:15] == b"SQLite format 3")
    size, root, failures = tree.recompute(database)
    answer, said = verified(demo)
    if answer:
        return failures + [f"motcua log verify answers {answer}: {said[-300:]}"]
    if f"{size} sự kiện" not in said or root not in said:
        failures.append(f"motcua says {said.strip()}, pymerkle {size} leaves with root {root}")
    kept = folder / "kept.sqlite"
    shutil.copy(database, kept)
    connection = sqlite3.connect(database)
    connection.execute("UPDATE journal_event SET at = at + 1 WHERE leaf_index = ?", (size // 2,))
    connection.commit()
    connection.close()
    answer, said = verified(demo)
    if answer == 0:
        failures.append("motcua log verify accepts a row that was changed by hand")
    elif f"lá số {size // 2}," not in said:
        failures.append(f"motcua log verify does not name leaf {size // 2}: {said[-300:]}")
    shutil.copy(kept, database)
    return failures
