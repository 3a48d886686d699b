# SPDX-License-Identifier: Apache-2.0
"""Files on a bad line, many files, sessions that end and two windows: nothing that was given is lost."""
import hashlib
import re
import urllib.parse

import story
from chapters_bad import at_form
from person import BrowserPerson, RobotPerson, Unexpected

PAPER = "Giấy tờ hộ tịch đã được cấp"
FIELD = "input[type=file][id=earlierPaper]"
CUT = "Mất kết nối"
FILES_OF_A_PAPER = 5


def at_papers(gate, demo, script, citizen, phone=True):
    """A person before the papers of a draft."""
    person = BrowserPerson(gate, demo, "uploads", phone, script)
    person.expects_errors = True  # a line that is cut is an error in the console
    story.find(person, "trich luc ho tich", story.EXTRACT_NAME)
    story.begin(person, citizen)
    for _ in range(story.PAGES_OF_A_FORM):
        if "Chụp bằng điện thoại hoặc chọn tệp có sẵn" in person.words:
            return person
        story.answer_page(person)
        person.follow("Lưu và tiếp tục" if person.offers("Lưu và tiếp tục") else "Tiếp tục")
    raise Unexpected("no page takes files")


class Line:
    """The line of one browser: notes where each piece begins, and cuts it when told."""

    def __init__(self, person, cut_after):
        self.begins, self.cut_after, self.cuts = [], cut_after, 0
        person.page.route(re.compile(r"/tai-len/[0-9a-z]+$"), self._pass)

    def _pass(self, route):
        is_cut = self.cut_after is not None and len(self.begins) >= self.cut_after
        if is_cut:
            self.cuts += 1
            return route.abort("connectionfailed")
        if route.request.method == "PATCH":
            self.begins.append(int(route.request.headers["upload-offset"]))
        return route.continue_()


def wait_for_file(person, name):
    person.page.wait_for_function(
        "name => !document.querySelector('progress') && [...document.querySelectorAll('.files a')]"
        ".some(link => link.innerText.includes(name))",
        arg=name, timeout=60_000,
    )


def stored_digest(person, name):
    link = person.page.locator(".files a").filter(has_text=name).first
    href = urllib.parse.urljoin(person.url, link.get_attribute("href"))
    return hashlib.sha256(person.context.request.get(href).body()).hexdigest()


def expect_whole(person, path):
    wait_for_file(person, path.name)
    if stored_digest(person, path.name) != hashlib.sha256(path.read_bytes()).hexdigest():
        raise Unexpected(f"{path.name} did not arrive as it was sent")


def upload_goes_on(gate, demo, files, phone, script):
    """The line is cut half-way: the upload goes on by itself, and after a reload with the same file chosen again."""
    person = at_papers(gate, demo, script, "Phạm Thị Út Mười", phone)
    line = Line(person, cut_after=3)
    person.page.set_input_files(FIELD, files["long"])
    person.page.get_by_text(CUT).wait_for()
    person.look("mat-ket-noi")
    line.cut_after = None
    expect_whole(person, files["long"])
    if not line.cuts or line.begins[3] == 0 or sorted(line.begins) != line.begins:
        raise Unexpected(f"{line.cuts} cuts, pieces began at {line.begins}")

    line.begins, line.cut_after = [], 2
    person.page.set_input_files(FIELD, files["longer"])
    person.page.get_by_text(CUT).wait_for()
    person.context.set_offline(True)
    person.page.wait_for_timeout(300)
    person.context.set_offline(False)
    person.page.reload()
    person.sees("Đã tải", "Chọn lại đúng tệp này để tải tiếp")
    person.look("tai-do")
    line.cut_after = None
    for chosen, then in ((files["pdf"], "Đây không phải tệp đang tải dở"), (files["longer"], None)):
        with person.page.expect_file_chooser() as chooser:
            person.page.get_by_role("button", name="Tải tiếp").first.click()
        chooser.value.set_files(chosen)
        if then:
            person.page.get_by_text(then).wait_for()
    expect_whole(person, files["longer"])
    if line.begins[2] == 0:
        raise Unexpected(f"after the reload it began anew: {line.begins}")
    person.page.reload()  # the screenshots left styles behind
    person.sees_not("để tải tiếp")
    person.look("da-tai-xong")
    person.close()


def upload_paused(gate, demo, files, phone, script):
    """Paused and gone on, thrown away, and two papers at once."""
    person = at_papers(gate, demo, script, "Huỳnh Ngọc Diễm Quỳnh", phone)
    line = Line(person, cut_after=2)
    person.page.set_input_files(FIELD, files["long"])
    person.page.get_by_text(CUT).wait_for()
    person.page.get_by_role("button", name="Tạm dừng").click()
    person.page.get_by_text("Đã tạm dừng").wait_for()
    line.cut_after = None
    person.page.get_by_role("button", name="Tải tiếp").first.click()
    expect_whole(person, files["long"])
    line.begins, line.cut_after = [], 1
    person.page.set_input_files(FIELD, files["longer"])
    person.page.get_by_text(CUT).wait_for()
    line.cut_after = None
    person.page.get_by_role("button", name="Bỏ", exact=True).last.click()
    person.page.wait_for_function("() => !document.querySelector('progress')")
    person.page.wait_for_timeout(500)
    person.page.reload()
    person.sees_not(files["longer"].name)
    person.close()


def refused_by_content(gate, demo, files, phone, script):
    """What only the server sees: scripts in a PDF, too many pixels, another type than the name says."""
    person = at_papers(gate, demo, script, "Mahomad Saleh", phone)
    papers = person.url
    if not script:
        person.page.locator(FIELD).locator("xpath=ancestor::form[1]").get_by_role("button", name="Tải lên").click()
        person.page.wait_for_load_state("load")
        person.sees("Lỗi: Chọn ảnh giấy tờ cũ")
    for name, words in {
        "scripted": "Tệp PDF có lệnh tự chạy", "vast": "Ảnh không quá 60 triệu điểm ảnh",
        "renamed": "Tên tệp ghi .pdf nhưng nội dung là ảnh JPG",
    }.items():
        person.go(papers)
        person.upload(PAPER, files[name])
        person.sees(words)
        if person.page.locator(".files a").count():
            raise Unexpected(f"{name} was taken")
    person.look("bi-tu-choi")
    person.go(papers)
    person.upload(PAPER, files["sixty"])
    person.sees(files["sixty"].stem)
    person.close()


def many_files(gate, demo, files, phone, script):
    """More photos than the pack takes for the paper: what fits is there, the rest is refused in words; joined to one
    file they leave room for more."""
    person = at_papers(gate, demo, script, "Võ Đặng Gia Bảo", phone)
    person.context.set_default_timeout(180_000)
    person.page.set_input_files(FIELD, files["many"])
    if script:
        person.page.get_by_text(f"nhận nhiều nhất {FILES_OF_A_PAPER} tệp").first.wait_for()
        person.page.wait_for_function("() => !document.querySelector('progress')")
        person.page.wait_for_timeout(500)
    else:
        form = person.page.locator(FIELD).locator("xpath=ancestor::form[1]")
        form.get_by_role("button", name="Tải lên").click()
        person.page.wait_for_load_state("load")
    person.sees(f"nhận nhiều nhất {FILES_OF_A_PAPER} tệp")
    count = person.page.locator(".files a").count()
    if count != FILES_OF_A_PAPER:
        raise Unexpected(f"{count} files are there")
    person.look("qua-so-tep")
    person.press("Gộp thành một tệp PDF")
    person.sees("Giấy tờ hộ tịch", f"{FILES_OF_A_PAPER} trang")
    person.upload(PAPER, files["many"][-1])
    person.sees(files["many"][-1].stem)
    person.close()


def session_warning(gate, demo, files, phone, script):
    """Five minutes before the end a dialog asks; after the end what was typed comes back with the sign-in."""
    person = at_form(gate, demo, script, "Châu Sóc Kha")
    if not script:
        if not re.search(r"Phiên đăng nhập đến \d\d:\d\d", person.words):
            raise Unexpected(f"the page does not say when the session ends: {person.words[:400]}")
        person.close()
        return
    person.expects_errors = True
    place = person.url
    person.page.clock.install()
    person.go(place)
    dialog = person.page.get_by_role("dialog")
    person.page.clock.fast_forward("50:00")
    if dialog.is_visible():
        raise Unexpected("the warning comes too early")
    person.page.clock.fast_forward("04:30")
    dialog.wait_for()
    person.look("phien-sap-het")
    person.page.get_by_role("button", name="Tiếp tục làm việc").click()
    dialog.wait_for(state="hidden")
    if person.url != place:
        raise Unexpected("the extension leaves the page")
    person.page.clock.fast_forward("50:00")
    if dialog.is_visible():
        raise Unexpected("the session was not extended")
    person.context.clear_cookies()
    person.page.get_by_label("Số bản sao").first.fill("3")
    # The save that comes by itself finds the session over: the form goes along to the sign-in.
    person.page.clock.fast_forward(5_000)
    person.page.wait_for_url(re.compile("/dang-nhap"))
    person.page.clock.resume()
    story.sign_in(person, "Châu Sóc Kha")
    if person.url.split("?")[0] != place.split("?")[0]:
        raise Unexpected(f"after the sign-in one stands on {person.url}, not on {place}")
    if person.page.get_by_label("Số bản sao").first.input_value() != "3":
        raise Unexpected("what was typed is lost")
    person.close()


def two_windows(gate, demo, files, phone, script):
    """The same page in two windows: the later save is told of the other one and loses nothing."""
    person = at_form(gate, demo, script, "Danh Thành Đạt")
    person.expects_errors = True
    place, first = person.url, person.page
    second = person.context.new_page()
    second.goto(place)
    second.get_by_label("Số bản sao").first.fill("4")
    second.get_by_role("button", name="Lưu và thoát").click()
    second.wait_for_url(re.compile("/tai-khoan"))
    person.fill("Số bản sao", "7")
    person.press("Lưu và tiếp tục")
    person.sees("Bản nháp đã được sửa ở cửa sổ khác")
    if first.get_by_label("Số bản sao").first.input_value() != "7":
        raise Unexpected("what was typed is lost")
    person.look("hai-cua-so")
    person.press("Lưu và tiếp tục")
    person.go(place)
    if first.get_by_label("Số bản sao").first.input_value() != "7":
        raise Unexpected("the second press does not keep what was typed")
    person.close()


def supplement_of_photos(gate, demo, files, phone, script):
    """A paper is asked for again: two photos are put in order and joined, and sent."""
    person = BrowserPerson(gate, demo, "supplement-photos", phone, script)
    _, code = story.submitted_and_paid(person, demo, files, "Trần Văn Lộc")
    desk = RobotPerson(demo)
    story.sign_in_officer(desk, story.DESK)
    story.open_case(desk, code)
    desk.follow("Yêu cầu bổ sung")
    desk.fill(PAPER, "1")
    desk.fill(f"Sai gì, cần làm gì: {PAPER}", "Ảnh mờ, chụp lại đủ hai mặt")
    desk.press("Xem trước")
    desk.press("Gửi yêu cầu bổ sung")
    place = f"/ho-so/{code}/bo-sung"
    for photo in files["many"][:2]:
        person.go(place)
        person.upload(PAPER, photo)
        person.sees(photo.name)
    person.go(place)
    person.press("Đưa lên")
    names = person.page.locator(".files a").all_inner_texts()
    if [files["many"][1].name in names[0], files["many"][0].name in names[1]] != [True, True]:
        raise Unexpected(f"the photos are not in the other order: {names}")
    person.look("hai-anh")
    person.press("Gộp thành một tệp PDF")
    person.sees("2 trang")
    person.press("Bỏ")
    person.sees_not("2 trang")
    person.upload(PAPER, files["photo"])
    person.sees(files["photo"].name)
    person.press("Gửi bổ sung")
    person.sees("Đã gửi bổ sung")
    story.open_case(desk, code)
    desk.sees(files["photo"].stem)
    person.close()


WITH_SCRIPT = [upload_goes_on, upload_paused]
IN_THE_BROWSER = [refused_by_content, many_files, session_warning, two_windows, supplement_of_photos]
