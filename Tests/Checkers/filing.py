# SPDX-License-Identifier: Apache-2.0
"""Many drafts ready to be submitted, made by robots over HTTP as people would make them."""
import concurrent.futures
import http.client
import pathlib
import re
import sys
import tempfile
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Browser"))
import samples  # noqa: E402
import story  # noqa: E402
from person import RobotPerson  # noqa: E402
from robot import Robot  # noqa: E402

CITIZENS = [
    "Nguyễn Thị Hồng Đào", "Trần Văn Lộc", "Lê Hoàng Phúc", "Phạm Thị Út Mười", "Châu Sóc Kha", "Neáng Sa Ri",
    "Danh Thành Đạt", "Huỳnh Ngọc Diễm Quỳnh", "Võ Đặng Gia Bảo", "Mahomad Saleh", "Đỗ Thị Kim Yến", "Bùi Quốc Khánh",
]


class Ready:
    """A draft whose last button has not been pressed yet."""

    def __init__(self, person):
        person.fill(story.DECLARATION, "1")
        self.method, self.url, self.body, self.headers = person.robot.prepare("Nộp hồ sơ", person.answers)
        self.robot = Robot(person.robot.base)
        self.robot.cookies = person.robot.cookies

    def submit(self):
        """(status, Location) of pressing the button; OSError when the server is gone."""
        address = urllib.parse.urlsplit(self.url)
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
        jar = self.robot.cookies.get(address.netloc, {})
        headers = {
            **self.headers,
            "Cookie": "; ".join(f"{name}={value}" for name, value in jar.items()),
            "Origin": f"{address.scheme}://{address.netloc}",
        }
        try:
            connection.request(self.method, address.path, body=self.body, headers=headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.headers.get("Location", "")
        finally:
            connection.close()


def code_behind(draft, location):
    """The code of the dossier to whose page the answer of a submission leads; None when there is none."""
    page = draft.robot.go(urllib.parse.urljoin(draft.url, location))
    found = re.search(story.CODE, page.url)
    return found.group(0) if page.status == 200 and found else None


def ready_drafts(demo, count, workers=4):
    """So many drafts, filled in, with a paper attached, standing before "Nộp hồ sơ"."""
    with tempfile.TemporaryDirectory() as folder:
        files = samples.make(folder)

        def by(citizen, share):
            person = RobotPerson(demo)  # signs in once: sign-ins are limited
            return [one_draft(person, citizen, files) for _ in range(share)]

        shares = [count // len(CITIZENS) + (place < count % len(CITIZENS)) for place in range(len(CITIZENS))]
        with concurrent.futures.ThreadPoolExecutor(workers) as pool:
            made = pool.map(by, CITIZENS, shares)
            return [draft for drafts in made for draft in drafts]


def one_draft(person, citizen, files):
    story.find(person, "trich luc ho tich", story.EXTRACT_NAME)
    story.begin(person, citizen)
    story.fill_draft(person, files, look=False)
    return Ready(person)
