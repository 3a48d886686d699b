# SPDX-License-Identifier: Apache-2.0
"""A question that hangs on another one of the same page: asked as soon as it is known, never called missing before."""
from chapters_bad import at_form
from person import Unexpected

OPENED = "Câu trả lời vừa chọn mở thêm câu hỏi sau"


def opened_question(gate, demo, files, phone, script):
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


IN_THE_BROWSER = [opened_question]
