# SPDX-License-Identifier: Apache-2.0
"""The chapters that end well, each walked on a phone and a desk, with and without script."""
import json
import time
import urllib.request

import story
from person import BrowserPerson, Unexpected


def whole_story(gate, demo, files, phone, script):
    """Filed, paid, received, decided, signed, delivered, verified."""
    def person(name):
        return BrowserPerson(gate, demo, name, phone, script)

    citizen = person("citizen")
    citizen.go("/")
    citizen.look("trang-chu")
    story.find(citizen, "trich luc ho tich", story.EXTRACT_NAME)
    citizen.look("thu-tuc")
    story.begin(citizen)
    story.fill_draft(citizen, files)
    citizen.sees("giay-khai-sinh.jpg", "16.000 đ")
    citizen.look("kiem-tra")
    story.submit(citizen)
    citizen.look("da-nop")
    code = citizen.find(story.CODE)
    story.pay(citizen, "Thanh toán 16.000 đ")
    citizen.look("da-tra-tien")
    citizen.go(f"/ho-so/{code}")
    citizen.sees(code)
    citizen.look("theo-doi")

    foreign = person("foreign-desk")
    story.sign_in_officer(foreign, story.FOREIGN_DESK)
    foreign.go("/viec")
    foreign.sees_not(code)
    foreign.expects_errors = True  # the page that is not hers answers 404, which the console tells
    if foreign.go(f"/viec/{code}") not in (403, 404):
        raise Unexpected("the desk of another commune opens the dossier")
    foreign.close()

    desk = person("desk")
    story.sign_in_officer(desk, story.DESK)
    desk.go("/viec")
    desk.sees(code)
    desk.look("danh-sach-viec", "staff")
    story.open_case(desk, code)
    desk.look("ho-so", "staff")
    story.receive(desk, code)
    desk.look("da-tiep-nhan", "staff")

    specialist, other = person("specialist"), person("other-specialist")
    story.sign_in_officer(specialist, story.SPECIALIST)
    story.draft_result(specialist, code)
    specialist.look("da-trinh", "staff")
    story.sign_in_officer(other, story.OTHER_SPECIALIST)
    other.close()
    specialist.close()

    leader = person("leader")
    story.sign_in_officer(leader, story.LEADER)
    leader.go("/ky")
    leader.look("cho-ky", "staff")
    story.sign(leader, code)
    leader.look("da-ky", "staff")
    leader.close()

    story.deliver(desk, code)
    desk.look("da-tra", "staff")
    desk.close()

    citizen.go(f"/ho-so/{code}")
    citizen.look("co-ket-qua")
    result = citizen.download(story.RESULT_LINK)
    if not result.startswith(b"%PDF-"):
        raise Unexpected("the result is no PDF")
    rated(citizen, code)
    told_by_mail_and_sms(demo, code)
    verified_by_anyone(person("anyone"), result, files)
    tracked_by_code_alone(person("stranger"), code)
    citizen.close()


def rated(citizen, code):
    """One question after the result; left out, it is asked again, and what was written stays."""
    citizen.click("Đánh giá việc giải quyết")
    words = "Nhanh, không phải đi lại"
    citizen.fill("Ý kiến thêm", words)
    citizen.expects_errors = True  # the page with the error answers 422, which the console tells
    citizen.press("Gửi đánh giá")
    citizen.sees("Chọn mức độ hài lòng")
    if citizen.page.get_by_label("Ý kiến thêm").first.input_value() != words:
        raise Unexpected("what was written is lost")
    citizen.expects_errors = False
    citizen.fill("Rất hài lòng", "1")
    citizen.press("Gửi đánh giá")
    citizen.sees("Đã ghi nhận đánh giá")
    citizen.look("da-danh-gia")
    citizen.go(f"/danh-gia/{code}")
    citizen.sees("Đã đánh giá lúc")
    citizen.look("danh-gia-lai")


def told_by_mail_and_sms(demo, code):
    """Messages leave by the outbox: a moment may pass."""
    end = time.monotonic() + 15
    while True:
        with urllib.request.urlopen(demo.sandbox + "/hop-thu.json", timeout=10) as answer:
            messages = json.load(answer)["messages"]
        ours = [one for one in messages if code in one["text"] + one["subject"]]
        channels = {one["kind"] for one in ours}
        if len(ours) >= 6 and channels == {"mail", "sms"}:
            return
        if time.monotonic() > end:
            others = [(one["kind"], one["text"][:120]) for one in messages if one not in ours]
            raise Unexpected(f"{len(ours)} messages by {channels} speak of {code}; others: {others[:4]}")
        time.sleep(0.3)


def verified_by_anyone(person, result, files):
    path = files["photo"].parent / "ket-qua.pdf"
    path.write_bytes(result)
    person.go("/xac-minh")
    person.upload("xác minh", path, "Kiểm tra tệp")
    person.sees("Giấy tờ là thật")
    person.look("xac-minh")
    person.close()


def tracked_by_code_alone(person, code):
    """Who knows the code alone sees the code and the degree of completion, and no name."""
    person.go("/tra-cuu")
    person.fill("Mã hồ sơ", code.lower())
    person.press("Tra cứu")
    person.sees("Đã qua", "Chỉ có mã hồ sơ thì xem được bấy nhiêu")
    person.sees_not(story.CITIZEN, story.EXTRACT_NAME)
    person.look("tra-cuu-ma")
    person.close()


def stale_page(gate, demo, files, phone, script):
    """Of two officers on the same page one wins; the other is told which unit was faster, and when."""
    from person import RobotPerson

    _, code = story.submitted_and_paid(RobotPerson(demo), demo, files)
    first = BrowserPerson(gate, demo, "first", phone, script)
    second = BrowserPerson(gate, demo, "second", phone, script)
    for officer in (first, second):
        story.sign_in_officer(officer, story.DESK)
        story.open_case(officer, code)
    first.follow("Tiếp nhận")
    second.expects_errors = True  # a conflict is a 409, which the console tells
    second.follow("Tiếp nhận")
    second.sees("Hồ sơ vừa được cập nhật")
    second.look("cham-hon", "staff")
    first.close()
    second.close()


def supplement(gate, demo, files, phone, script):
    """The desk asks once, with all defects; the citizen answers each."""
    from person import RobotPerson

    citizen = BrowserPerson(gate, demo, "supplement", phone, script)
    _, code = story.submitted_and_paid(citizen, demo, files, "Trần Văn Lộc")
    desk = RobotPerson(demo)
    story.sign_in_officer(desk, story.DESK)
    story.ask_supplement(desk, code)
    citizen.go(f"/ho-so/{code}")
    citizen.look("can-bo-sung")
    citizen.go(f"/ho-so/{code}/bo-sung")
    citizen.sees(story.DEFECT)
    citizen.look("bo-sung")
    citizen.click("Sửa Cơ quan đã đăng ký")
    citizen.fill("Cơ quan đã đăng ký", "Ủy ban nhân dân xã An Phú, huyện An Phú, tỉnh An Giang")
    citizen.press("Lưu và tiếp tục")
    citizen.go(f"/ho-so/{code}/bo-sung")
    citizen.press("Gửi bổ sung")
    citizen.sees("Đã gửi bổ sung")
    citizen.go(f"/ho-so/{code}")
    citizen.sees("chờ tiếp nhận")
    story.open_case(desk, code)
    desk.sees("huyện An Phú")
    story.receive(desk, code)
    citizen.close()


def handed_over(gate, demo, files, phone, script):
    """Filed in the wrong place: the desk gives it to another commune, which alone has it from then on."""
    from person import RobotPerson

    citizen, code = story.submitted_and_paid(RobotPerson(demo), demo, files, "Bùi Quốc Khánh")
    desk = BrowserPerson(gate, demo, "hand-over", phone, script)
    story.sign_in_officer(desk, story.DESK)
    story.open_case(desk, code)
    desk.follow("Chuyển cơ quan khác")
    desk.fill("Lý do", "Sổ hộ tịch lưu tại phường Long Xuyên")
    desk.expects_errors = True  # the page with the error answers 422, which the console tells
    desk.press("Chuyển hồ sơ")
    desk.sees("Chọn một cơ quan khác đang giải quyết thủ tục này")
    desk.look("thieu-co-quan", "staff")
    desk.pick("Cơ quan nhận hồ sơ", "Long Xuyên")
    desk.press("Chuyển hồ sơ")
    desk.sees("Đã chuyển hồ sơ tới cơ quan khác")
    desk.sees_not(code)
    if desk.go(f"/viec/{code}") != 404:
        raise Unexpected("the old agency still opens the dossier")
    desk.close()
    other = RobotPerson(demo)
    story.sign_in_officer(other, story.FOREIGN_DESK)
    story.receive(other, code)
    citizen.go(f"/ho-so/{code}")
    citizen.sees("Chuyển hồ sơ tới cơ quan khác", "Long Xuyên", "Sổ hộ tịch lưu tại phường Long Xuyên")


def withdrawal(gate, demo, files, phone, script):
    """Another dossier is withdrawn while it waits."""
    citizen = BrowserPerson(gate, demo, "withdrawal", phone, script)
    _, code = story.submitted_and_paid(citizen, demo, files, "Lê Hoàng Phúc")
    citizen.go(f"/ho-so/{code}")
    citizen.click("Rút hồ sơ")
    citizen.look("rut")
    citizen.press("Rút hồ sơ")
    citizen.sees("rút")
    citizen.go(f"/ho-so/{code}")
    citizen.sees("Đã rút")
    citizen.look("da-rut")
    citizen.close()

