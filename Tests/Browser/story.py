# SPDX-License-Identifier: Apache-2.0
"""The steps of the story, told once: a browser walks them in four modes, a robot two hundred at a time."""
import time

from person import Unexpected

EXTRACT = "trích lục hộ tịch"
BIRTH = "khai sinh"
CITIZEN = "Nguyễn Thị Hồng Đào"
CODE = r"\bH\d\d(?:\.\d+)+-\d{6}-\d{4,}\b"
PAGES_OF_A_FORM = 12

EXTRACT_NAME = "Cấp bản sao trích lục hộ tịch"
DECLARATION = "Tôi cam đoan"
AGENCY = "An Phú"

# What is answered on the form of 2.000635: by the label of the field, or a question with one of its options. What a
# page does not ask is passed over; what it holds already, such as the name from the account, is left alone.
FIELDS = {
    "Số bản sao": "2",
    "Cơ quan đã đăng ký": "Ủy ban nhân dân xã An Phú, tỉnh An Giang",
    "Họ và tên người có tên trong sổ": "Nguyễn Thị Hồng Đào",
    DECLARATION: "1",
}
CHOICES = {"Loại trích lục": "Khai sinh", "Người có tên trong sổ là": "Chính tôi", "Nơi giải quyết": AGENCY}


def sign_in(person, citizen=CITIZEN, level=2):
    """Through the identity provider of the sandbox."""
    for _ in range(20):
        if person.offers("Đăng nhập bằng VNeID"):
            place = person.url
            person.press("Đăng nhập bằng VNeID")
        if "Thử lại sau" not in person.words:
            break
        time.sleep(1)  # sign-ins from one address are limited, and all of ours come from one
        person.go(place)
    person.press(f"Đăng nhập mức {level}: {citizen}")


def sign_in_officer(person, username):
    person.go("/dang-nhap/can-bo")
    person.fill("Tên đăng nhập", username)
    person.fill("Mật khẩu", person.demo.password(username))
    person.press("Đăng nhập")


def find(person, typed, name):
    """From the first page to the page of a procedure, by words as people type them."""
    person.go("/")
    person.fill("Tên thủ tục hoặc việc cần làm", typed)
    person.press("Tìm")
    person.sees(name)
    person.click(name)
    person.sees("Phải trả", "Thời hạn", "Giấy tờ cần có")


def begin(person, citizen=CITIZEN):
    """Presses "Nộp hồ sơ" and stands, signed in, before the list of tasks or the first question."""
    for _ in range(2):
        person.press("Làm hồ sơ mới" if person.offers("Làm hồ sơ mới") else "Nộp hồ sơ")
        if "/nop/" in person.url:
            return
        sign_in(person, citizen)
        if "/nop/" in person.url:
            return
    raise Unexpected(f"no draft was begun: {person.url}")


def answer_page(person):
    """Answers what the story knows of the page that stands there."""
    for question, option in CHOICES.items():
        if question in person.words:
            person.pick(question, option)
    for label, value in FIELDS.items():
        if person.has_field(label):
            person.fill(label, value)


def fill_draft(person, files, look=True):
    """From the list of tasks, page by page, to the page on which everything is checked."""
    for count in range(PAGES_OF_A_FORM):
        words = person.words
        if "Kiểm tra trước khi nộp" in words:
            return
        if "Chụp bằng điện thoại hoặc chọn tệp có sẵn" in words:
            if "giay-khai-sinh.jpg" not in words:
                person.upload("Giấy tờ hộ tịch đã được cấp", files["photo"])
                person.sees("giay-khai-sinh.jpg")
        else:
            answer_page(person)
        if look:
            person.look(f"nop-{count + 1}")
        person.follow("Lưu và tiếp tục" if person.offers("Lưu và tiếp tục") else "Tiếp tục")
        person.sees_not("Có thông tin cần sửa")
    raise Unexpected(f"more than {PAGES_OF_A_FORM} pages, the last {person.url}: {person.words[:300]}")


def pay(person, choice="Thanh toán"):
    """At the pay page of the sandbox, and back."""
    person.press("Thanh toán")
    person.sees("Không có tiền thật nào được chuyển", "16.000 đ")
    person.press(choice)


def submit(person, twice=True):
    """On the page on which everything is checked: declares, and presses the button, twice as people do."""
    if person.has_field(DECLARATION):
        person.fill(DECLARATION, "1")
    if twice:
        person.press_twice("Nộp hồ sơ")
    else:
        person.press("Nộp hồ sơ")


def submitted_and_paid(person, demo, files, citizen=CITIZEN):
    """A dossier from nothing to the moment at which the desk sees it: (person, code)."""
    find(person, "trich luc ho tich", EXTRACT_NAME)
    begin(person, citizen)
    fill_draft(person, files, look=False)
    submit(person, twice=False)
    code = person.find(CODE)
    pay(person, "Thanh toán 16.000 đ")
    return person, code


# MARK: officers

DESK, SPECIALIST, OTHER_SPECIALIST, LEADER = "anphu.motcua", "anphu.hotich1", "anphu.hotich2", "anphu.chutich"
FOREIGN_DESK = "longxuyen.motcua"
DEFECT = "Ghi đủ tên xã và huyện như trên giấy cũ"
RESULT_LINK = "Bản sao trích lục hộ tịch"


def open_case(person, code):
    person.go(f"/viec/{code}")
    person.sees(code)
    if person.offers("Nhận việc này"):
        person.press("Nhận việc này")


def receive(person, code):
    open_case(person, code)
    person.follow("Tiếp nhận")
    if person.offers("Chuyển xử lý"):
        person.follow("Chuyển xử lý")


def ask_supplement(person, code):
    """The desk asks for one thing to be mended; the clock has not begun."""
    open_case(person, code)
    person.follow("Yêu cầu bổ sung")
    person.fill("Cơ quan đã đăng ký", "1")
    person.fill("Sai gì, cần làm gì: Cơ quan đã đăng ký", DEFECT)
    person.press("Xem trước")
    person.press("Gửi yêu cầu bổ sung")


DRAFT_FIELDS = {
    "Họ và tên": CITIZEN,
    "Quốc tịch": "Việt Nam",
    "Nội dung trích lục": "Nơi sinh: xã An Phú, tỉnh An Giang\nHọ và tên mẹ: Trần Thị Lài",
    "Nơi đăng ký": "Ủy ban nhân dân xã An Phú, tỉnh An Giang",
    "Số đăng ký": "12/1985",
}
DRAFT_DATES = {"Ngày, tháng, năm sinh": (8, 3, 1985), "Ngày đăng ký": (20, 3, 1985)}


def draft_result(person, code):
    """The specialist fills the template, looks at the print and proposes it for signing."""
    open_case(person, code)
    person.follow("Lập dự thảo kết quả")
    for label, value in DRAFT_FIELDS.items():
        if person.has_field(label):
            person.fill(label, value)
    for question, date in DRAFT_DATES.items():
        person.fill_date(question, *date)
    person.pick("Giới tính", "Nữ")
    person.press("Lưu và xem bản in")
    person.sees("Bản in sẽ ký")
    person.press("Trình ký")


def sign(person, code):
    person.go("/ky")
    person.sees("Chờ ký", EXTRACT_NAME)
    person.go(f"/ky/{code}")
    person.press("Ký văn bản này")


def deliver(person, code):
    open_case(person, code)
    person.follow("Trả kết quả")
    person.sees("Kết quả đã ký")
    person.press("Trả kết quả")


def decided(demo, make, code):
    """Everything that officers do, by persons that `make` makes."""
    for username, act in ((DESK, receive), (SPECIALIST, draft_result), (LEADER, sign), (DESK, deliver)):
        person = make(demo)
        sign_in_officer(person, username)
        act(person, code)
        person.close()
