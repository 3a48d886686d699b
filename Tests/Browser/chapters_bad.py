# SPDX-License-Identifier: Apache-2.0
"""Bad input: every answer is clear Vietnamese, and nothing that was given is lost."""
import json
import socket
import time
import urllib.parse
import urllib.request

import story
from person import BrowserPerson, RobotPerson, Unexpected


def at_form(gate, demo, script, citizen="Châu Sóc Kha"):
    """A person before the first page of a form that asks something of her."""
    person = BrowserPerson(gate, demo, "bad-input", True, script)
    story.find(person, "trich luc ho tich", story.EXTRACT_NAME)
    story.begin(person, citizen)
    for _ in range(story.PAGES_OF_A_FORM):
        if person.has_field("Số bản sao"):
            return person
        story.answer_page(person)
        person.follow("Lưu và tiếp tục" if person.offers("Lưu và tiếp tục") else "Tiếp tục")
    raise Unexpected("no page asks for the number of copies")


def empty_and_wrong_fields(gate, demo, files, phone, script):
    person = at_form(gate, demo, script)
    person.expects_errors = True  # a page with errors answers 422, which the console tells
    person.fill("Số bản sao", "")
    person.press("Lưu và tiếp tục")
    person.sees("Có thông tin cần sửa")
    if not person.page.title().startswith("Lỗi: "):
        raise Unexpected(f"the title is {person.page.title()}")
    person.fill("Số bản sao", "99")
    person.press("Lưu và tiếp tục")
    person.sees("Có thông tin cần sửa", "20")
    if person.page.get_by_label("Số bản sao").first.input_value() != "99":
        raise Unexpected("what was typed is lost")
    person.look("loi")
    person.close()


def bad_files(gate, demo, files, phone, script):
    wanted = {
        "empty": "Tệp đã chọn không có nội dung",
        "page": "Tệp phải là PDF, JPG, PNG hoặc HEIC",
        "locked": "Tệp có mật khẩu, bỏ mật khẩu rồi tải lại",
        "large": "Tệp không quá 25 MB",
        "broken": "",
    }
    person = at_form(gate, demo, script, "Neáng Sa Ri")
    person.expects_errors = True
    papers = person.url.split("/to-khai/")[0] + "/tep"
    for name, words in wanted.items():
        person.go(papers)
        person.upload("Giấy tờ hộ tịch đã được cấp", files[name])
        person.sees(words or "Lỗi: ")
        if files[name].name in person.words and name == "broken" and "Đã có" in person.words:
            raise Unexpected("a broken file was taken")
    person.look("tep-hong")
    person.go(papers)
    person.upload("Giấy tờ hộ tịch đã được cấp", files["photo"])
    person.sees(files["photo"].name)
    person.close()


def broken_upload(gate, demo, files, phone, script):
    """The line is cut in the middle of a file: the draft stands as before, and the file can be sent again."""
    person = RobotPerson(demo)
    story.find(person, "trich luc ho tich", story.EXTRACT_NAME)
    story.begin(person, "Phạm Thị Út Mười")
    for _ in range(story.PAGES_OF_A_FORM):
        if "Chụp bằng điện thoại hoặc chọn tệp có sẵn" in person.words:
            break
        story.answer_page(person)
        person.follow("Lưu và tiếp tục" if person.offers("Lưu và tiếp tục") else "Tiếp tục")
    page = person.robot.page
    form = next(one for one in page.tree.forms if "đã được cấp" in " ".join(one.text_content().split()))
    pressed = page.buttons(form)[0]
    label = " ".join(form.xpath(".//label")[0].text_content().split())
    method, url, body, headers = person.robot.prepare_form(form, pressed, None, {label: files["photo"]})
    address = urllib.parse.urlsplit(url)
    cookies = "; ".join(f"{name}={value}" for name, value in person.robot.cookies[address.netloc].items())
    head = (
        f"{method} {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nCookie: {cookies}\r\n"
        f"Origin: {demo.base}\r\nContent-Type: {headers['Content-Type']}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port), timeout=10) as line:
        line.sendall(head.encode() + body[: len(body) // 2])
    person.go(page.url)
    person.sees_not(files["photo"].name)
    person.upload("đã được cấp", files["photo"])
    person.sees(files["photo"].name)


def session_that_ends(gate, demo, files, phone, script):
    """The cookies go away in mid-form: sign in again, and stand where one stood, with what was saved."""
    person = at_form(gate, demo, script, "Danh Thành Đạt")
    place = person.url
    person.context.clear_cookies()
    person.expects_errors = True
    person.fill("Số bản sao", "3")
    person.press("Lưu và tiếp tục")
    person.sees("đăng nhập")
    story.sign_in(person, "Danh Thành Đạt")
    person.go(place)
    person.sees("Số bản sao")
    person.close()


def same_key_other_body(gate, demo, files, phone, script):
    """The key of a form that was sent is answered again with the same body, and refused with another one."""
    robot = RobotPerson(demo)

    def ready():
        story.find(robot, "trich luc ho tich", story.EXTRACT_NAME)
        story.begin(robot, "Huỳnh Ngọc Diễm Quỳnh")
        story.fill_draft(robot, files, look=False)
        robot.fill(story.DECLARATION, "1")
        return robot.robot.prepare("Nộp hồ sơ", robot.answers)

    method, url, body, headers = ready()
    first = robot.robot.ask(method, url, body, headers, follow=False)
    again = robot.robot.ask(method, url, body, headers, follow=False)
    if (first.status, first.headers["Location"]) != (again.status, again.headers["Location"]):
        raise Unexpected(f"first {first.status} {first.headers['Location']}, then {again.status}")
    sent = dict(urllib.parse.parse_qsl(body.decode()))
    method, url, body, headers = ready()
    other = {**dict(urllib.parse.parse_qsl(body.decode())), "_key": sent["_key"]}
    refused = robot.robot.ask(method, url, urllib.parse.urlencode(other).encode(), headers, follow=False)
    if refused.status != 409:
        raise Unexpected(f"the same key for another draft answers {refused.status}")
    robot.sees("đã được gửi trước đó với nội dung khác")
    kept = robot.robot.ask(method, url, body, headers, follow=False)
    if kept.status != 303 or kept.headers["Location"] == first.headers["Location"]:
        raise Unexpected(f"the draft is lost after the refusal: {kept.status}")


def fault(demo, name, on=True):
    """Switches a fault of the sandbox."""
    body = json.dumps({"fault": name, "on": on}).encode()
    request = urllib.request.Request(
        demo.sandbox + "/dieu-khien", body, {"Content-Type": "application/json"}, method="POST"
    )
    urllib.request.urlopen(request, timeout=10).read()


def due(robot, code):
    """Whether the page of the dossier still asks for money."""
    robot.go(f"/ho-so/{code}")
    return robot.offers("Thanh toán")


def paid_under(demo, files, *faults, button="Thanh toán 16.000 đ"):
    """(robot, code) after pressing this button of the gateway while these faults are on and it cannot be asked."""
    robot = RobotPerson(demo)
    story.find(robot, "trich luc ho tich", story.EXTRACT_NAME)
    story.begin(robot, "Võ Đặng Gia Bảo")
    story.fill_draft(robot, files, look=False)
    story.submit(robot, twice=False)
    code = robot.find(story.CODE)
    for name in (*faults, "payment-query-down"):
        fault(demo, name)
    story.pay(robot, button)
    return robot, code


def within(seconds, holds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.25)
    return False


WAITING, CONFIRMING = "Đang chờ ngân hàng xác nhận", "Đang xác nhận thanh toán"


def bad_callbacks(gate, demo, files, phone, script):
    """Only the gateway's notices speak here, its query is down. One that is forged, of a wrong amount or of another
    merchant is not heard; a true one, also thrice, early or late, is a reason to ask and books nothing by itself, for
    it signs neither state nor number. What was paid is found by asking, as soon as the gateway answers again; what
    was not paid is not booked, whatever the notice says."""
    cases = (
        ("payment-wrong-signature", WAITING), ("payment-wrong-amount", WAITING), ("payment-wrong-merchant", WAITING),
        ("payment-callback-lost", WAITING), ("payment-callback-duplicate", CONFIRMING),
        ("payment-callback-before-redirect", CONFIRMING), ("payment-callback-late", CONFIRMING),
        ("payment-unpaid-told-paid", CONFIRMING),
    )
    for name, standing in cases:
        is_paid = name != "payment-unpaid-told-paid"
        try:
            robot, code = paid_under(demo, files, name, button="Thanh toán 16.000 đ" if is_paid else "Hủy")
            page = f"/ho-so/{code}/thanh-toan?kq=cho"
            if standing == WAITING:
                time.sleep(1.5)  # the notice and its first repetition have come by now
            if not within(12, lambda: robot.go(page) == 200 and standing in robot.words):
                raise Unexpected(f"{name}: the page does not say “{standing}”: {robot.words[:400]}")
            if not due(robot, code):
                raise Unexpected(f"{name}: something was booked: {robot.words[:400]}")
            fault(demo, "payment-query-down", on=False)
            if name == "payment-callback-duplicate":
                # Nobody looks: the question that the notice left is asked again by the worker.
                if not within(60, lambda: not due(robot, code)):
                    raise Unexpected(f"{name}: the payment was not booked: {robot.words[:400]}")
                continue
            robot.go(page)
            robot.follow("Xem kết quả thanh toán")
            robot.sees("Đã thanh toán" if is_paid else "Tiền chưa bị trừ")
            if due(robot, code) == is_paid:
                raise Unexpected(f"{name}: booked is what was not paid, or the other way round")
        finally:
            fault(demo, name, on=False)
            fault(demo, "payment-query-down", on=False)


def failed_and_cancelled_payment(gate, demo, files, phone, script):
    person = BrowserPerson(gate, demo, "payment", True, script)
    story.find(person, "trich luc ho tich", story.EXTRACT_NAME)
    story.begin(person, "Mahomad Saleh")
    story.fill_draft(person, files, look=False)
    story.submit(person)
    story.pay(person, "Giao dịch thất bại")
    person.sees("Tiền chưa bị trừ")
    person.look("that-bai")
    person.press("Thanh toán lại")
    person.press("Hủy")
    person.sees("Tiền chưa bị trừ")
    person.press("Thanh toán lại")
    person.press("Thanh toán 16.000 đ")
    person.sees("Đã thanh toán")
    person.close()


def wrong_codes(gate, demo, files, phone, script):
    """A wrong code, an unknown code and a wrong secret: the same calm answer."""
    person = BrowserPerson(gate, demo, "wrong-code", True, script)
    person.expects_errors = True
    person.go("/tra-cuu")
    person.fill("Mã hồ sơ", "khong phai ma")
    person.press("Tra cứu")
    person.sees("Mã hồ sơ phải có dạng")
    person.fill("Mã hồ sơ", "H01.30337-200101-9999")
    person.press("Tra cứu")
    person.look("khong-co")
    if person.go("/tra-cuu/" + "A" * 22) not in (200, 404):
        raise Unexpected("a wrong secret is not answered")
    if person.go("/khong-co-trang-nay") != 404:
        raise Unexpected("a page that is not there does not answer 404")
    person.look("404")
    person.close()


IN_THE_BROWSER = [
    empty_and_wrong_fields, bad_files, session_that_ends, failed_and_cancelled_payment, wrong_codes,
]
BY_ROBOTS = [broken_upload, same_key_other_body, bad_callbacks]
