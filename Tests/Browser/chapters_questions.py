# SPDX-License-Identifier: Apache-2.0
"""Questions that are more than a box: one that hangs on another one of the same page, and one that takes a file."""
import contextlib
import pathlib
import shutil
import tempfile

from chapters_bad import at_form
from demo import Demo
from harness.processes import ROOT
from person import Unexpected

OPENED = "Câu trả lời vừa chọn mở thêm câu hỏi sau"


def opened_question(gate, demo, files, phone, script):
    """Asked as soon as it is known, never called missing before."""
    person = at_form(gate, demo, script, "Mahomad Saleh")
    if person.has_field("Tên sự kiện hộ tịch"):
        raise Unexpected("a question is asked before the answer that calls for it")
    person.pick("Loại trích lục", "Sự kiện hộ tịch khác")
    person.fill("Số bản sao", "2")
    if script:
        person.page.get_by_label("Tên sự kiện hộ tịch").first.wait_for(timeout=5000)
        if person.page.get_by_label("Số bản sao").first.input_value() != "2":
            raise Unexpected("what was typed meanwhile is lost")
        person.sees(OPENED)
        # It goes when the answer goes.
        person.pick("Loại trích lục", "Khai tử")
        person.page.get_by_label("Tên sự kiện hộ tịch").first.wait_for(state="detached", timeout=5000)
        person.pick("Loại trích lục", "Sự kiện hộ tịch khác")
        person.page.get_by_label("Tên sự kiện hộ tịch").first.wait_for(timeout=5000)
    else:
        person.pick("Người có tên trong sổ là", "Chính tôi")
        person.press("Lưu và tiếp tục")
        person.sees(OPENED, "Tên sự kiện hộ tịch")
        person.sees_not("Có thông tin cần sửa", "Lỗi: ")
        if not person.url.endswith("#mo-them"):
            raise Unexpected(f"the page does not open at the new question: {person.url}")
    person.look("cau-hoi-mo-them")
    person.pick("Người có tên trong sổ là", "Chính tôi")
    # Left empty now, it is missing.
    person.expects_errors = True
    person.press("Lưu và tiếp tục")
    person.sees("Có thông tin cần sửa", "Nhập tên sự kiện hộ tịch")
    person.fill("Tên sự kiện hộ tịch", "Ghi chú ly hôn")
    person.press("Lưu và tiếp tục")
    person.sees_not("Có thông tin cần sửa", OPENED)
    person.close()


@contextlib.contextmanager
def demo_that_asks_for_a_file():
    """The sample province where the extract asks for the old paper among its questions: one file, and it must come."""
    with tempfile.TemporaryDirectory() as folder:
        packs = pathlib.Path(folder) / "procedures"
        shutil.copytree(ROOT / "procedures", packs)
        main = packs / "2.000635" / "procedure.yaml"
        text = main.read_text()
        for old, times, new in (
            ("    required: no\n    fileLimit: 5\n\n", 1, "    required: yes\n    fileLimit: 1\n\n"),
            ("components: []", 3, "components: [earlierPaper]"),
            ("components: [authorisation]", 1, "components: [authorisation, earlierPaper]"),
            ("          maximum: 20\n", 1, """          maximum: 20
        - id: oldPaper
          type: file
          label: Ảnh giấy tờ hộ tịch cũ
          help: Chụp rõ cả trang.
          required: no
          component: earlierPaper
"""),
        ):
            if text.count(old) != times:
                raise Unexpected(f"the pack has {text.count(old)} times {old!r}")
            text = text.replace(old, new)
        main.write_text(text)
        with Demo(environment={"MOTCUA_PROCEDURES": str(packs)}) as demo:
            yield demo


def send_file(person, path):
    """Chooses a file in the box of the question; with script it goes at once, without by its button."""
    box = person.page.locator("input[type=file][id=oldPaper]")
    if person.script:
        person._settle(lambda: box.set_input_files(path))
    else:
        box.set_input_files(path)
        person.press("Tải lên")


def expect_copies(person, number):
    value = person.page.get_by_label("Số bản sao").first.input_value()
    if value != number:
        raise Unexpected(f"“{number}” was typed, “{value}” stands there")


def file_question(gate, demo, files, phone, script):
    """A file is chosen, refused, taken, replaced and taken away on the page of its question; what was typed stays."""
    with demo_that_asks_for_a_file() as own:
        person = at_form(gate, own, script, "Mahomad Saleh")
        person.expects_errors = True
        place = person.url.split("#")[0]
        person.sees("Ảnh giấy tờ hộ tịch cũ", "mỗi tệp không quá 25 MB", "nhiều nhất 1 tệp")
        person.pick("Loại trích lục", "Khai sinh")
        person.pick("Người có tên trong sổ là", "Chính tôi")
        person.fill("Số bản sao", "2")
        person.press("Lưu và tiếp tục")
        person.sees("Có thông tin cần sửa", "Lỗi: Chọn ảnh giấy tờ cũ")
        person.look("hoi-tep-thieu")
        person.fill("Số bản sao", "3")
        send_file(person, files["renamed"])
        person.sees("Lỗi: Tên tệp ghi .pdf nhưng nội dung là ảnh JPG")
        expect_copies(person, "3")
        person.look("hoi-tep-bi-tu-choi")
        person.fill("Số bản sao", "4")
        if script:
            person.page.locator("input[type=file][id=oldPaper]").set_input_files(files["large"])
            person.sees("Lỗi: Tệp không quá 25 MB")
        send_file(person, files["photo"])
        person.sees(files["photo"].name, "Thay tệp")
        person.sees_not("Lỗi: ")
        expect_copies(person, "4")
        person.look("hoi-tep-da-co")
        # Another one takes its place; what is refused leaves it there.
        send_file(person, files["pdf"])
        person.sees(files["pdf"].name)
        person.sees_not(files["photo"].name)
        send_file(person, files["scripted"])
        person.sees("Tệp PDF có lệnh tự chạy", files["pdf"].name)
        person.fill("Số bản sao", "5")
        person.press("Bỏ")
        person.sees_not(files["pdf"].name)
        expect_copies(person, "5")
        if not script:
            person.press("Tải lên")
            person.sees("Lỗi: Chọn ảnh giấy tờ cũ")
            # The other button brings the name of the file, and not the file.
            person.page.locator("input[type=file][id=oldPaper]").set_input_files(files["photo"])
            person.press("Lưu và tiếp tục")
            person.sees("Tệp đã chọn chưa được gửi")
        send_file(person, files["photo"])
        person.press("Lưu và tiếp tục")
        person.sees_not("Có thông tin cần sửa")
        person.go(place.split("/to-khai/")[0] + "/kiem-tra")
        person.sees(files["photo"].name)
        href = person.page.locator("a[href$='#oldPaper']")
        if not href.count():
            raise Unexpected("the page of the check does not lead to the question")
        person.look("kiem-tra-tep")
        person.go(place + "/tep")
        if person.url.split("#")[0] != place:
            raise Unexpected(f"the address of an upload leads to {person.url}")
        person.sees(files["photo"].name)
        person.close()


IN_THE_BROWSER = [opened_question, file_question]
