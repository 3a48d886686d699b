# SPDX-License-Identifier: Apache-2.0
"""Every route × every kind of visitor × own and foreign object, on the running product, against a table in the repo.

Whatever an officer is shown of the applicant must have left a record of access before it was shown, and what she is not
shown leaves none: a new route that forgets it fails here.

The routes are those that `motcua routes` prints, so that a new one without an object or a row fails. The objects
belong to one citizen at one agency: who else may see them is what the table says. Forms are sent with the visitor's
own token and a version that nobody saw, so that the rightful one is refused as late (409) or for content (4xx) and
nothing changes; the same form without its token must be refused to everybody.

usage: access.py [--write]   compares, or writes access.tsv anew, to be read in the diff
"""
import contextlib
import datetime
import hashlib
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import time

import access_api
import filing  # noqa: F401  puts the browser folder on the path
import chapters_admin
import chapters_procedures
import lxml.html
import procedures
import robot as wire
import samples
import story
from demo import Demo
from harness.processes import ROOT, binary
from person import RobotPerson

TABLE = pathlib.Path(__file__).with_name("access.tsv")
BLANK = ROOT / "procedures" / "2.000635" / "giay-uy-quyen.pdf"
STRANGER, APPLICANT, NEIGHBOUR, HALF_SURE = "stranger", "applicant", "other citizen", "applicant, level 1"
OTHER_ADMINISTRATOR = "other administrator"
# The applicant under another hat: what she filed for herself is not in the hands of the business that she acts for.
REPRESENTATIVE, BUSINESS = "representative", "Hộ kinh doanh Thử Nghiệm"
# Own agency and another one; the applicant last, since one of her forms removes the draft.
OFFICERS = {
    "desk": "anphu.motcua", "specialist": "anphu.hotich1", "unit head": "anphu.truonghotich",
    "leader": "anphu.chutich", "clerk": "anphu.vanthu",
    "administrator": "quantri", "auditor": "kiemtra", "protection": "baovedulieu",
    "other desk": "longxuyen.motcua", "other specialist": "longxuyen.hotich1",
    "other unit head": "soxaydung.truongphong", "other leader": "longxuyen.chutich",
}
VISITORS = [STRANGER, NEIGHBOUR, *OFFICERS, OTHER_ADMINISTRATOR, HALF_SURE, REPRESENTATIVE, APPLICANT]
CITIZENS = (NEIGHBOUR, HALF_SURE, APPLICANT)
NOBODY_SAW = "999999"
# What a form without its token may be answered: forged, sign in first, or no such object for this visitor.
REFUSED = ("401", "403", "404", "410", "door")
# Routes of a script carry the token in a header instead of a form.
IN_HEADER = "form token in a header"
SCRIPTED = {
    "Accept": "application/json", "Tus-Resumable": "1.0.0", "Upload-Length": "5",
    "Upload-Metadata": "filename YS5wZGY=,paper ZWFybGllclBhcGVy",
}


class Objects:
    """One citizen's draft and dossiers, each where its routes mean something."""

    def __init__(self, demo, folder):
        files = samples.make(folder)
        citizen = RobotPerson(demo)
        self.at_intake = story.submitted_and_paid(citizen, demo, files)[1]
        self.at_leader = story.submitted_and_paid(citizen, demo, files)[1]
        self.supplementing = story.submitted_and_paid(citizen, demo, files)[1]
        for username, act, code in (
            (story.DESK, story.receive, self.at_leader), (story.SPECIALIST, story.draft_result, self.at_leader),
            (story.DESK, story.ask_supplement, self.supplementing),
        ):
            officer = RobotPerson(demo)
            story.sign_in_officer(officer, username)
            act(officer, code)
        self.unpaid = self.unpaid_dossier(citizen, files)
        self.standing = self.substitution(officer)
        self.begun_pack(demo)
        citizen.go("/tai-khoan/du-lieu")
        citizen.pick("Tôi muốn", "Hỏi dữ liệu đang lưu về tôi")
        citizen.press("Gửi yêu cầu")
        self.request = re.search(r"/du-lieu/([^/?]+)", citizen.url).group(1)
        self.draft, self.draft_file = self.open_draft(citizen, files)
        self.representation = self.stated_authority(citizen, files)
        # Signed in as a visitor once more, for a newer session ends the older one.
        self.owner = None
        self.permit, self.question, self.shown = self.consulted(demo, files)
        officer.go(f"/viec/{self.at_intake}")
        self.file = re.search(r"/tep/([0-9A-Za-z]+)", officer.robot.page.text).group(1)

    @staticmethod
    def begun_pack(demo):
        """A draft of a published procedure: what the builder's pages are about."""
        administrator = RobotPerson(demo)
        story.sign_in_officer(administrator, OFFICERS["administrator"])
        administrator.go("/quan-tri/thu-tuc/2.000635")
        administrator.press("Sửa thủ tục này")

    @staticmethod
    def substitution(desk):
        """One of another year, so that nobody's rights change: a colleague stands in for the specialist."""
        specialist = RobotPerson(desk.demo)
        story.sign_in_officer(specialist, OFFICERS["specialist"])
        specialist.go("/thay-the")
        specialist.pick("Người làm thay", "Lê Thị Thu Hà, Công chức Tư pháp - Hộ tịch")
        year = datetime.date.today().year + 1
        specialist.fill_date("Từ ngày", 2, 3, year)
        specialist.fill_date("Đến hết ngày", 3, 3, year)
        specialist.fill("Lý do", "Nghỉ phép")
        specialist.press("Cử người làm thay")
        return re.search(r"/thay-the/([0-9A-Za-z]+)", specialist.robot.page.text).group(1)

    @staticmethod
    def consulted(demo, files):
        """A building permit on which the other commune is asked: its code, the question, and a paper that is shown."""
        code = chapters_procedures.filed(RobotPerson(demo), procedures.BUILDING_PERMIT, files, look=False)
        desk, asker, asked = RobotPerson(demo), RobotPerson(demo), RobotPerson(demo)
        story.sign_in_officer(desk, "soxaydung.motcua")
        story.receive(desk, code)
        story.sign_in_officer(asker, "soxaydung.capphep")
        asker.go(f"/viec/{code}")
        asker.click("Hỏi ý kiến: hiện trạng lô đất")
        asker.fill("Hỏi ai", "Ủy ban nhân dân phường Long Xuyên")
        asker.fill("Nội dung cần hỏi", "Lô đất đã có công trình chưa?")
        asker.press("Gửi câu hỏi")
        story.sign_in_officer(asked, OFFICERS["other specialist"])
        asked.go("/viec?loc=y-kien")
        asked.click(code)
        question, shown = re.search(r"/y-kien/([0-9A-Za-z]+)/tep/([0-9A-Za-z]+)", asked.robot.page.text).groups()
        return code, question, shown

    @staticmethod
    def unpaid_dossier(citizen, files):
        story.find(citizen, "trich luc ho tich", story.EXTRACT_NAME)
        story.begin(citizen)
        story.fill_draft(citizen, files, look=False)
        story.submit(citizen, twice=False)
        return citizen.find(story.CODE)

    @staticmethod
    def open_draft(citizen, files):
        story.find(citizen, "trich luc ho tich", story.EXTRACT_NAME)
        story.begin(citizen)
        story.fill_draft(citizen, files, look=False)
        draft = re.search(r"/nop/([^/]+)/", citizen.url).group(1)
        citizen.go(f"/nop/{draft}/tep")
        return draft, re.search(r"/tep/([0-9A-Za-z]+)", citizen.robot.page.text).group(1)

    def upload(self):
        """The id of an upload that has just begun."""
        begun = self.owner.person.robot.ask(
            "POST", f"/nop/{self.draft}/tep/tai-len", b"", {**SCRIPTED, "X-Form-Token": self.owner.token}, follow=False
        )
        return begun.headers["Location"].split("/")[-1]

    @staticmethod
    def stated_authority(citizen, files):
        citizen.go("/tai-khoan/dai-dien")
        today = datetime.date.today()
        answers = {
            "Doanh nghiệp, hộ kinh doanh": "1", "Tên người hoặc doanh nghiệp": BUSINESS,
            "Số định danh hoặc mã số thuế": "1600990015",
            "#tu-ngay.day": "1", "#tu-ngay.month": "1", "#tu-ngay.year": str(today.year),
            "#den-ngay.day": "1", "#den-ngay.month": "1", "#den-ngay.year": str(today.year + 2),
        }
        citizen.robot.press("Lưu giấy tờ", answers, {"giấy tờ về quyền đại diện": files["photo"]})
        return re.search(r"/dai-dien/([0-9A-Za-z]+)/giay", citizen.robot.page.text).group(1)

    def address(self, pattern):
        """The address of a route with its object; None when nothing is known for one of its slots."""
        if "{phan}" in pattern:
            pattern = pattern.replace("{phan}", self.upload())
        code = self.at_intake
        if pattern.startswith("/ky/"):
            code = self.at_leader
        elif "/bo-sung" in pattern:
            code = self.supplementing
        elif pattern.endswith(("/thanh-toan", "/rut")):
            code = self.unpaid
        elif "/giay/" in pattern or pattern.startswith("/danh-gia/"):
            code = self.at_leader
        if "/y-kien/" in pattern:
            code = self.permit
            pattern = pattern.replace("{tep}", self.shown)
        is_pack = pattern.startswith(("/thu-tuc/", "/quan-tri/thu-tuc/"))
        if is_pack:
            pattern = pattern.replace("{tep}", "result.mustache").replace("{xem}", "thu-tuc")
        slots = {
            "{y-kien}": self.question, "{khoan}": "khong-co", "{thay}": self.standing,
            "{nhap}": self.draft, "{trang}": "requester", "{thao-tac}": "tu-choi", "{giay}": "giay-tiep-nhan",
            "{name}": "khong-co.css", "{viec}": "khong-co", "{yeu-cau}": self.request, "{de-nghi}": "khong-co",
            # Nothing is past its retention in a sample province of today.
            "{bao-cao}": "khong-co",
            # An officer whom nobody here signs in as: her password is made anew.
            "{don-vi}": "h01.30337.economy", "{ke-hoach}": "khong-co",
            "{co-quan}": chapters_admin.OWN_AGENCY, "{can-bo}": "anphu.phochutich",
            "{uy-quyen}": self.representation,
            "{tep}": self.draft_file if pattern.startswith("/nop/") else self.file,
            "{ten}": "dang-ky-khai-sinh" if pattern.startswith("/huong-dan/") else "tim-thu-tuc-theo-linh-vuc",
            "{so}": "1",
            "{sha256}": hashlib.sha256(BLANK.read_bytes()).hexdigest(), "{mau}": BLANK.name,
            "{ma}": "2.000635" if "/thu-tuc/" in pattern else code,
        }
        for slot, value in slots.items():
            pattern = pattern.replace(slot, value)
        if pattern == "/thanh-toan/tra-ve":
            pattern += f"?ma={self.unpaid}"
        return None if "{" in pattern else pattern


class Visitor:
    """One signed-in person with the token of her forms."""

    def __init__(self, demo, name):
        self.person = RobotPerson(demo)
        if name in OFFICERS:
            story.sign_in_officer(self.person, OFFICERS[name])
            self.person.go("/viec")
        elif name == OTHER_ADMINISTRATOR:
            self.sign_in_other_administrator()
        elif name != STRANGER:
            self.person.go("/dang-nhap")
            citizen = "Trần Văn Lộc" if name == NEIGHBOUR else story.CITIZEN
            story.sign_in(self.person, citizen, 1 if name == HALF_SURE else 2)
            self.person.go("/tai-khoan")
            if name == REPRESENTATIVE:
                self.person.fill("Đổi sang", BUSINESS)
                self.person.press("Đổi")
        else:
            self.person.go("/dang-nhap")
        tokens = lxml.html.fromstring(self.person.robot.page.text).xpath("//input[@name='_csrf']/@value")
        self.token = tokens[0] if tokens else ""

    def sign_in_other_administrator(self):
        """One of another commune, whom the administrator of the province adds: the sample has none."""
        above, login = RobotPerson(self.person.demo), "longxuyen.quantri"
        story.sign_in_officer(above, OFFICERS["administrator"])
        password = chapters_admin.add_officer(above, "H01.30307", login, "Quản trị")
        chapters_admin.sign_in(self.person, login, password)  # with an app and a password of her own
        self.person.go("/quan-tri")

    def asks(self, method, address, is_upload, token, guard=""):
        """What this visitor is answered: a status, or `door` for being led to the sign-in."""
        body = headers = None
        if guard == IN_HEADER or method in ("HEAD", "OPTIONS"):
            headers = {**SCRIPTED, "X-Form-Token": token}
            if method == "PATCH" or address.startswith("/tai-len/") and method == "POST":
                headers |= {"Content-Type": "application/offset+octet-stream", "Upload-Offset": NOBODY_SAW}
                headers |= {"X-HTTP-Method-Override": "PATCH"} if method == "POST" else {}
        elif method == "POST":
            pairs = [("_csrf", token), ("_key", "bang-quyen"), ("_version", NOBODY_SAW), ("reason", "x")]
            pairs = [pair for pair in pairs if pair[1]]
            if is_upload:
                body, kind = wire.multipart(pairs, {})
            else:
                body, kind = "&".join(f"{name}={value}" for name, value in pairs).encode(), None
            headers = {"Content-Type": kind or "application/x-www-form-urlencoded"}
        jar = {host: dict(cookies) for host, cookies in self.person.robot.cookies.items()}
        for _ in range(60):
            page = self.person.robot.ask(method, self.person.demo.base + address, body, headers, follow=False)
            self.person.robot.cookies = {host: dict(cookies) for host, cookies in jar.items()}  # as before the question
            if page.status != 429:
                break
            time.sleep(1)  # sign-ins from one address are limited, and all of ours come from one
        self.page = page
        if page.status == 303 and "/dang-nhap" in page.headers["Location"]:
            return "door"
        return str(page.status)


def routes():
    """[(method, pattern, guarded by)] as the program prints them, and the printed table."""
    done = subprocess.run([binary("motcua"), "routes"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = []
    for line in done.stdout.splitlines():
        cells = [cell.strip(" `") for cell in line.strip("|").split("|")]
        if len(cells) == 5 and cells[0] in ("GET", "POST", "HEAD", "PATCH", "DELETE", "OPTIONS"):
            found.append((cells[0], cells[1], cells[4]))
    return found, done.stdout


def uploads(pattern):
    if pattern.startswith("/quan-tri/thu-tuc/"):
        return pattern.endswith(("/van-ban", "/tep/{tep}"))
    others = ("/xac-minh", "/tai-khoan/dai-dien", "/quan-tri/thu-tuc-nhap")
    return pattern.endswith(("/tep", "/y-kien/{y-kien}")) or pattern in others


def ends_sessions(pattern):
    return pattern.endswith("/dang-xuat") or pattern == "/bao-mat/phien"


def order(route):
    """What ends a session, or makes another of it as another hat does, or removes an object comes last."""
    method, pattern = route[:2]
    removes = pattern.endswith(("/xoa", "/thu-hoi"))
    return ends_sessions(pattern), pattern == "/tai-khoan/vai", pattern == "/nop/{nhap}/xoa", removes, pattern, method


class Records:
    """How many readings by officers are on record."""

    # The list of one's own work names the applicant: that is the work, and no reading of her dossier.
    OWN_WORK = ("/viec", "/ky")

    def __init__(self, demo):
        self.path = demo.data / "motcua.sqlite"
        self.total = self.count()

    def count(self):
        with contextlib.closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=30)) as database:
            return database.execute("SELECT COUNT(*) FROM access_record").fetchone()[0]

    def fault(self, method, pattern, page):
        """What is wrong with what an officer was just answered; None when all is well."""
        before, self.total = self.total, self.count()
        is_shown = page.status == 200 and "{ma}" in pattern and "/thu-tuc/" not in pattern
        if is_shown and page.headers.get("Content-Type", "").startswith("text/html"):
            is_shown = story.CITIZEN in page.text
        elif page.status == 200 and pattern not in self.OWN_WORK and not is_shown:
            is_shown = page.headers.get("Content-Type", "").startswith("text/html") and story.CITIZEN in page.text
        if is_shown and self.total == before:
            return "shows the applicant's data and records nothing"
        if method == "GET" and page.status != 200 and self.total > before:
            return f"is answered {page.status} and recorded as a reading"
        return None


def walk(demo, objects, found, failures):
    """[[method, pattern, answer of each visitor…]] of the pages."""
    visitors = {name: Visitor(demo, name) for name in VISITORS}
    objects.owner = visitors[APPLICANT]
    lines, records = [], Records(demo)
    for method, pattern, guard in sorted(found, key=order):
        address = objects.address(pattern)
        if address is None:
            failures.append(f"{method} {pattern}: no object is known for this route; say one in access.py")
            continue
        answers = []
        for name, visitor in visitors.items():
            if ends_sessions(pattern) and name in CITIZENS:  # the representative's authority is over by then
                visitor = Visitor(demo, name)  # two of them are one account, of which one ends the other's session
            if guard in ("form token", IN_HEADER):
                bare = visitor.asks(method, address, uploads(pattern), "", guard)
                # What lies under another hat is refused before anything is read of the form.
                if bare not in REFUSED and (name, bare) != (REPRESENTATIVE, "409"):
                    failures.append(f"{method} {pattern}: without its token {name} is answered {bare}")
            records.total = records.count()
            answers.append(visitor.asks(method, address, uploads(pattern), visitor.token, guard))
            fault = records.fault(method, pattern, visitor.page) if name in OFFICERS else None
            if fault:
                failures.append(f"{method} {pattern}: {name} {fault}")
        lines.append([method, pattern, *answers])
    return lines


def main(writes=False):
    failures = []
    found, printed = routes()
    if printed.strip() not in (ROOT / "docs" / "routes.md").read_text():
        failures.append("docs/routes.md is not what `motcua routes` prints")
    # The table must not hang on how long the walk takes: a proof of presence holds for an hour.
    with Demo(environment={"MOTCUA_PROOF_MINUTES": "60"}) as demo, tempfile.TemporaryDirectory() as folder:
        objects = Objects(demo, pathlib.Path(folder))
        pages = [route for route in found if not route[1].startswith(access_api.PREFIX)]
        lines = walk(demo, objects, pages, failures)
        programs = [route[:2] for route in found if route[1].startswith(access_api.PREFIX)]
        answers = access_api.walk(demo, objects, programs, failures)
    failures += compared(TABLE, ["method", "route", *VISITORS], lines, writes)
    return failures + compared(access_api.TABLE, ["method", "route", *access_api.VISITORS], answers, writes)


def compared(table, head, lines, writes):
    """Where the answers differ from the table in the repo; nothing when it is written anew."""
    failures = []
    text = "\n".join("\t".join(line) for line in [head, *lines]) + "\n"
    if writes:
        table.write_text(text)
        return failures
    known = {tuple(line.split("\t")[:2]): line for line in table.read_text().splitlines()}
    for line in [head, *lines]:
        row = known.pop(tuple(line[:2]), None)
        if row != "\t".join(line):
            failures.append(f"{line[0]} {line[1]}: the table says {row}, the product answers {line[2:]}")
    return failures + [f"{method} {route}: in the table, but no route" for method, route in known]


if __name__ == "__main__":
    said = main("--write" in sys.argv)
    print("\n".join(said))
    sys.exit(1 if said else 0)
