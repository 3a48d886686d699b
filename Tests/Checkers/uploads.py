# SPDX-License-Identifier: Apache-2.0
"""Uploads that go on after a cut (tus 1.0.0), on the running product: the protocol, its abuse, a killed server, and a
client that is not ours (PyPI `tuspy`).

usage: uploads.py [--engine sqlite|postgres]
"""
import argparse
import base64
import hashlib
import io
import json
import re
import socket
import sys
import tempfile
import time
import urllib.parse

import engines
import filing  # noqa: F401  puts the browser folder on the path
import httpx
import lxml.html
import pikepdf
import samples
import story
from demo import Demo
from harness.processes import Skipped
from person import RobotPerson

try:
    from tusclient import client as tus_client
    from tusclient.exceptions import TusCommunicationError
except ImportError:
    tus_client = None

PAPER = "earlierPaper"
VERSION = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"
FILE_LIMIT, PARTS_AT_ONCE = 25_000_000, 20


def paper_pdf(size):
    """A sound PDF of about this size, whose bytes nothing can make smaller."""
    import random

    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    noise = pikepdf.Stream(pdf, random.Random(size).randbytes(size))
    pdf.pages[0].obj["/Motcua"] = pdf.make_indirect(noise)
    out = io.BytesIO()
    pdf.save(out, compress_streams=False)
    return out.getvalue()


def metadata(**facts):
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in facts.items())


class Applicant:
    """A citizen before the papers of a draft, as her browser's script asks."""

    def __init__(self, demo, citizen):
        self.demo, self.person = demo, RobotPerson(demo)
        story.find(self.person, "trich luc ho tich", story.EXTRACT_NAME)
        story.begin(self.person, citizen)
        for _ in range(story.PAGES_OF_A_FORM):
            if "Chụp bằng điện thoại hoặc chọn tệp có sẵn" in self.person.words:
                break
            story.answer_page(self.person)
            self.person.follow("Lưu và tiếp tục" if self.person.offers("Lưu và tiếp tục") else "Tiếp tục")
        self.papers = urllib.parse.urlsplit(self.person.url).path
        tree = lxml.html.fromstring(self.person.robot.page.text)
        form = tree.xpath("//form[@data-resume]")[0]
        self.creation = form.get("data-resume")
        self.token = form.xpath(".//input[@name='_csrf']/@value")[0]
        self.http = self.client()

    def client(self):
        jar = self.person.robot.cookies[urllib.parse.urlsplit(self.demo.base).netloc]
        headers = {"Accept": "application/json", "X-Form-Token": self.token, "Origin": self.demo.base, **VERSION}
        return httpx.Client(base_url=self.demo.base, cookies=jar, headers=headers, timeout=60)

    def begin(self, length, name="giay.pdf", paper=PAPER, digest=None, **headers):
        facts = {"filename": name, "paper": paper, **({"sha256": digest} if digest else {})}
        return self.http.post(
            self.creation, headers={"Upload-Length": str(length), "Upload-Metadata": metadata(**facts), **headers}
        )

    def upload(self, content, **more):
        answer = self.begin(len(content), **more)
        assert answer.status_code == 201, (answer.status_code, answer.text)
        return answer.headers["Location"]

    def offset(self, address):
        answer = self.http.head(address)
        return int(answer.headers["Upload-Offset"]) if answer.status_code == 200 else answer.status_code

    def piece(self, address, offset, content, **headers):
        return self.http.patch(
            address, content=content, headers={"Content-Type": PIECE, "Upload-Offset": str(offset), **headers}
        )

    def page(self):
        self.person.go(self.papers)
        return self.person.words

    def stored(self):
        """SHA-256 of every file that the page of the papers offers."""
        self.page()
        found = set(re.findall(r'href="(/nop/[^/]+/tep/[0-9a-z]+)"', self.person.robot.page.text))
        return {hashlib.sha256(self.http.get(one).content).hexdigest() for one in found}


def expect(failures, name, found, wanted):
    if found != wanted:
        failures.append(f"{name}: {found}, wanted {wanted}")


def core(one, failures):
    """From the announcement to the file beside its paper, piece by piece."""
    capabilities = one.http.options(one.creation)
    expect(failures, "OPTIONS", capabilities.status_code, 204)
    for name, value in {
        "Tus-Version": "1.0.0", "Tus-Extension": "creation,expiration,termination", "Tus-Max-Size": str(FILE_LIMIT),
    }.items():
        expect(failures, f"OPTIONS {name}", capabilities.headers.get(name), value)
    content = paper_pdf(5_000_000)
    digest = hashlib.sha256(content).hexdigest()
    created = one.begin(len(content), name="sổ hộ tịch.pdf", digest=digest)
    expect(failures, "creation", created.status_code, 201)
    address = created.headers["Location"]
    if not created.headers.get("Upload-Expires", "").endswith(" GMT"):
        failures.append(f"creation: Upload-Expires is {created.headers.get('Upload-Expires')}")
    standing = one.http.head(address)
    for name, value in {
        "Upload-Offset": "0", "Upload-Length": str(len(content)), "Cache-Control": "no-store", "Tus-Resumable": "1.0.0",
        "Upload-Metadata": metadata(filename="sổ hộ tịch.pdf", paper=PAPER, sha256=digest),
    }.items():
        expect(failures, f"HEAD {name}", standing.headers.get(name), value)
    expect(failures, "first piece", one.piece(address, 0, content[:2_000_000]).headers.get("Upload-Offset"), "2000000")
    if "Đã tải 2,0 MB trong" not in one.page() and "Đã tải 2 MB trong" not in one.page():
        failures.append(f"the page does not say how much has come: {one.page()[:600]}")
    expect(failures, "an offset again", one.piece(address, 0, content[:10]).status_code, 409)
    expect(failures, "an offset ahead", one.piece(address, 2_000_001, content[:10]).status_code, 409)
    expect(failures, "after wrong offsets", one.offset(address), 2_000_000)
    rest = one.http.post(
        address, content=content[2_000_000:],
        headers={"Content-Type": PIECE, "Upload-Offset": "2000000", "X-HTTP-Method-Override": "PATCH"},
    )
    told = (rest.status_code, rest.headers.get("Upload-Offset"))
    expect(failures, "the rest, by POST", told, (204, str(len(content))))
    expect(failures, "HEAD when done", one.offset(address), len(content))
    expect(failures, "the last piece again", one.piece(address, len(content), b"").status_code, 204)
    expect(failures, "more than all", one.piece(address, len(content), b"x").status_code, 413)
    if digest not in one.stored():
        failures.append("what is stored is not what was sent")
    if "sổ hộ tịch.pdf" not in one.page():
        failures.append("the file is not beside its paper")
    expect(failures, "DELETE", one.http.delete(address).status_code, 204)
    expect(failures, "HEAD after DELETE", one.offset(address), 404)
    if digest not in one.stored():
        failures.append("a finished upload that is thrown away takes its file along")


def abuse(one, other, failures):
    """Who may not, what may not, and how much may not."""
    content = paper_pdf(300_000)
    address = one.upload(content)
    bare = httpx.Client(base_url=one.demo.base, headers=VERSION, timeout=60)
    piece = {"Content-Type": PIECE, "Upload-Offset": "0"}
    cases = [
        ("a stranger's PATCH", bare.patch(address, content=b"x", headers=piece), 401),
        ("a stranger's HEAD", bare.head(address), 401),
        ("another's HEAD", other.http.head(address), 404),
        ("another's PATCH", other.piece(address, 0, b"x"), 404),
        ("another's DELETE", other.http.delete(address), 404),
        ("another's draft", other.http.post(one.creation, headers={
            "Upload-Length": "5", "Upload-Metadata": metadata(filename="a.pdf", paper=PAPER)}), 410),
        ("no token", one.piece(address, 0, b"x", **{"X-Form-Token": ""}), 403),
        ("another's token", one.piece(address, 0, b"x", **{"X-Form-Token": other.token}), 403),
        ("another origin", one.piece(address, 0, b"x", **{"Origin": "https://evil.example"}), 403),
        ("another site", one.piece(address, 0, b"x", **{"Sec-Fetch-Site": "cross-site"}), 403),
        ("another site's DELETE", one.http.delete(address, headers={"Origin": "https://evil.example"}), 403),
        ("another version", one.piece(address, 0, b"x", **{"Tus-Resumable": "0.2.2"}), 412),
        ("another type", one.piece(address, 0, b"x", **{"Content-Type": "application/octet-stream"}), 415),
        ("no offset", one.http.patch(address, content=b"x", headers={"Content-Type": PIECE}), 400),
        ("a negative offset", one.piece(address, -1, b"x"), 400),
        ("more than announced", one.piece(address, 0, content + b"x"), 413),
        ("an unknown upload", one.http.head("/tai-len/00000000000000000000000000"), 404),
        ("a path", one.http.head("/tai-len/..%2f..%2fmotcua.sqlite"), 404),
        ("no length", one.http.post(one.creation, headers={"Upload-Metadata": metadata(paper=PAPER)}), 400),
        ("a length to come", one.http.post(one.creation, headers={"Upload-Defer-Length": "1"}), 400),
        ("a negative length", one.begin(-5), 400),
        ("nothing", one.begin(0), 422),
        ("too much", one.begin(FILE_LIMIT + 1), 413),
        ("far too much", one.begin(10**18), 413),
        ("no paper", one.http.post(one.creation, headers={"Upload-Length": "5"}), 400),
        ("an unknown paper", one.begin(5, paper="../../etc"), 404),
        ("wrong metadata", one.begin(5, **{"Upload-Metadata": "filename ***"}), 400),
        ("a wrong digest of the announcement", one.begin(5, digest="zz"), 400),
        ("an override by another name", one.http.post(address, headers={"X-HTTP-Method-Override": "PUT"}), 405),
    ]
    for name, answer, wanted in cases:
        expect(failures, name, answer.status_code, wanted)
        if answer.headers.get("Tus-Resumable") != "1.0.0" and answer.status_code != 431:
            failures.append(f"{name}: the answer does not name the protocol")
        if answer.request.method != "HEAD" and not json.loads(answer.text or "{}").get("detail"):
            failures.append(f"{name}: no words for the person: {answer.text[:200]}")
    expect(failures, "after all that", one.offset(address), 0)

    def endless():
        for _ in range(10):
            yield content

    expect(failures, "more than announced, of unknown length", one.piece(address, 0, endless()).status_code, 413)
    expect(failures, "after it", one.offset(address), 0)
    expect(failures, "the way it should be", one.piece(address, 0, content).status_code, 204)

    bad = {
        "a page that calls itself PDF": (b"<!DOCTYPE html><script>alert(1)</script>" * 100, 422, "Tệp phải là PDF"),
        "half a PDF": (content[:1000], 422, "hỏng"),
    }
    for name, (bytes_, status, words) in bad.items():
        address = one.upload(bytes_)
        answer = one.piece(address, 0, bytes_)
        expect(failures, name, answer.status_code, status)
        if words not in answer.text:
            failures.append(f"{name}: {answer.text[:300]}")
        expect(failures, f"{name}, thrown away", one.offset(address), 404)
    address = one.upload(content, digest=hashlib.sha256(b"other").hexdigest())
    expect(failures, "not what was announced", one.piece(address, 0, content).status_code, 460)
    expect(failures, "not what was announced, thrown away", one.offset(address), 404)

    opened = []
    while len(opened) <= PARTS_AT_ONCE:
        answer = one.begin(1_000)
        if answer.status_code != 201:
            break
        opened.append(answer.headers["Location"])
    expect(failures, "so many at once", (len(opened), answer.status_code), (PARTS_AT_ONCE, 429))
    for address in opened:
        one.http.delete(address)
    opened = [one.begin(FILE_LIMIT) for _ in range(4)]
    expect(failures, "100 MB of one person", [answer.status_code for answer in opened], [201, 201, 201, 201])
    expect(failures, "more than 100 MB of one person", one.begin(FILE_LIMIT).status_code, 429)
    for answer in opened:
        one.http.delete(answer.headers["Location"])


def raw_patch(one, address, offset, length, content):
    """Sends the head and part of a piece and leaves the line open."""
    host = urllib.parse.urlsplit(one.demo.base)
    cookies = "; ".join(f"{name}={value}" for name, value in one.http.cookies.items())
    line = socket.create_connection((host.hostname, host.port), timeout=10)
    line.sendall(
        (
            f"PATCH {address} HTTP/1.1\r\nHost: {host.netloc}\r\nCookie: {cookies}\r\nOrigin: {one.demo.base}\r\n"
            f"X-Form-Token: {one.token}\r\nTus-Resumable: 1.0.0\r\nContent-Type: {PIECE}\r\n"
            f"Upload-Offset: {offset}\r\nContent-Length: {length}\r\n\r\n"
        ).encode()
    )
    line.sendall(content)
    return line


def settled(one, address, least, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        offset = one.offset(address)
        if offset >= least:
            return offset
        time.sleep(0.1)
    return one.offset(address)


def cuts(one, failures):
    """Two at once, a line that is cut, a server that is killed: what was told stays, the file is whole in the end."""
    content = paper_pdf(9_000_000)
    digest = hashlib.sha256(content).hexdigest()
    address = one.upload(content, digest=digest)
    first = raw_patch(one, address, 0, len(content), content[:1_000_000])
    time.sleep(0.5)
    expect(failures, "a second one meanwhile", one.piece(address, 0, content).status_code, 423)
    first.close()
    offset = settled(one, address, 1_000_000)
    expect(failures, "after a cut line", offset, 1_000_000)
    second = raw_patch(one, address, offset, len(content) - offset, content[offset : offset + 5_500_000])
    offset = settled(one, address, offset + 3_900_000)
    if offset < 4_900_000:
        failures.append(f"in the midst of a long piece only {offset} are told")
    one.demo.program.kill()
    second.close()
    one.demo.start(again=True)
    after = one.offset(address)
    if after < offset:
        failures.append(f"{offset} were told, {after} are left after kill -9")
    expect(failures, "on after the kill", one.piece(address, after, content[after:]).status_code, 204)
    if digest not in one.stored():
        failures.append("what is stored after a cut and a kill is not what was sent")


def foreign_client(one, failures):
    """tuspy, which knows nothing of us but the address and the token."""
    if tus_client is None:
        raise Skipped("tuspy is not installed")
    content = paper_pdf(6_000_000)
    headers = {
        "X-Form-Token": one.token, "Cookie": "; ".join(f"{name}={value}" for name, value in one.http.cookies.items()),
    }
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        known = tus_client.TusClient(one.demo.base + one.creation, headers=headers)
        uploader = known.uploader(
            file.name, chunk_size=1_000_000, metadata={"filename": "tuspy.pdf", "paper": PAPER}, retries=2
        )
        uploader.upload(stop_at=3_000_000)
        expect(failures, "tuspy, half-way", uploader.offset, 3_000_000)
        again = known.uploader(file.name, chunk_size=1_000_000, url=uploader.url)
        expect(failures, "tuspy, another uploader", again.offset, 3_000_000)
        again.upload()
        expect(failures, "tuspy, the end", again.offset, len(content))
        try:
            known.uploader(file.name, chunk_size=1_000_000, url=one.demo.base + "/tai-len/khong-co").upload()
            failures.append("tuspy goes on with an upload that is not there")
        except TusCommunicationError:
            pass
    if hashlib.sha256(content).hexdigest() not in one.stored():
        failures.append("what tuspy sent is not what is stored")


def main(engine="sqlite"):
    failures, skipped = [], None
    with engines.database(engine) as database, Demo(database=database) as demo, tempfile.TemporaryDirectory() as folder:
        samples.make(folder)
        one, other = Applicant(demo, "Châu Sóc Kha"), Applicant(demo, "Neáng Sa Ri")
        core(one, failures)
        abuse(one, other, failures)
        cuts(other, failures)
        try:
            foreign_client(one, failures)
        except Skipped as reason:
            skipped = reason
    failures = [f"uploads, {engine}: {failure}" for failure in failures]
    if skipped and not failures:
        raise skipped
    return failures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", default="sqlite", choices=["sqlite", "postgres"])
    found = main(parser.parse_args().engine)
    print("\n".join(found) or "passed")
    sys.exit(1 if found else 0)
