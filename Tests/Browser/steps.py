# SPDX-License-Identifier: Apache-2.0
"""What people do in every procedure, told once: a description says what is typed, chosen, attached and signed."""
import dataclasses
import time

from authenticator import Authenticator
from person import Unexpected

CODE = r"H\d\d(?:\.[0-9A-Z]+)+-\d{6}-\d{4,}\b"
PAGES_OF_A_FORM = 12
DECLARATION = "Tôi cam đoan"
ASKS_FOR_PAPERS = "Chụp bằng điện thoại hoặc chọn tệp có sẵn"


@dataclasses.dataclass(frozen=True)
class Answers:
    """What is answered on pages: by the label of a field, the question over a date or over options.

    What a page does not ask is passed over; what it holds already, such as the name from the account, is left alone.
    """

    fields: dict = dataclasses.field(default_factory=dict)
    dates: dict = dataclasses.field(default_factory=dict)
    choices: dict = dataclasses.field(default_factory=dict)
    # Repeated rows: what one is called, then what stands in each.
    rows: tuple = ()

    def but(self, fields):
        """The same answers with other values in some fields."""
        return dataclasses.replace(self, fields={**self.fields, **fields})

    def give(self, person):
        for question, option in self.choices.items():
            if question in person.words:
                person.pick(question, option)
        for label, value in self.fields.items():
            if person.has_field(label):
                person.fill(label, value)
        for question, date in self.dates.items():
            if person.has_date(question):
                person.fill_date(question, *date)
        for name, *rows in self.rows:
            for number, fields in enumerate(rows, start=1):
                if number > 1 and person.offers(f"Thêm {name.lower()}"):
                    person.press(f"Thêm {name.lower()}")
                for label, value in fields.items():
                    person.fill_in_row(f"{name} {number}", label, value)


@dataclasses.dataclass(frozen=True)
class Procedure:
    """One procedure as its people meet it; the papers are {words of the paper's name: sample file}."""

    code: str
    typed: str
    name: str
    citizen: str
    form: Answers
    papers: dict
    # What the page of the procedure and the last page before submitting say of the fee; None = nothing is paid.
    price: str
    fee: tuple
    pays: str | None
    # Who does what, in order: (user name, act, words of the button where the act needs them).
    officers: tuple
    draft_button: str
    draft: Answers
    result: str
    # What the signed paper says, by pdftotext.
    printed: tuple


# MARK: citizens


def sign_in(person, citizen, level=2):
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


def find(person, typed, name):
    """From the first page to the page of a procedure, by words as people type them."""
    person.go("/")
    person.fill("Tên thủ tục hoặc việc cần làm", typed)
    person.press("Tìm")
    person.sees(name)
    person.click(name)
    person.sees("Phải trả", "Thời hạn", "Giấy tờ cần có")


def begin(person, citizen):
    """Presses "Nộp hồ sơ" and stands, signed in, before the list of tasks or the first question."""
    for _ in range(2):
        person.press("Làm hồ sơ mới" if person.offers("Làm hồ sơ mới") else "Nộp hồ sơ")
        if "/nop/" in person.url:
            return
        sign_in(person, citizen)
        if "/nop/" in person.url:
            return
    raise Unexpected(f"no draft was begun: {person.url}")


def fill_draft(person, answers, papers, files, look=True):
    """From the list of tasks, page by page, to the page on which everything is checked."""
    for count in range(PAGES_OF_A_FORM):
        if "Kiểm tra trước khi nộp" in person.words:
            return
        if ASKS_FOR_PAPERS in person.words:
            attach(person, papers, files)
        else:
            answers.give(person)
        if look:
            person.look(f"nop-{count + 1}")
        person.follow("Lưu và tiếp tục" if person.offers("Lưu và tiếp tục") else "Tiếp tục")
        person.sees_not("Có thông tin cần sửa")
    raise Unexpected(f"more than {PAGES_OF_A_FORM} pages, the last {person.url}: {person.words[:300]}")


def attach(person, papers, files):
    """Gives each paper its file, unless the page lists it already."""
    for paper, sample in papers.items():
        if files[sample].name not in person.words:
            person.upload(paper, files[sample])
            person.sees(files[sample].name)


def submit(person, twice=True):
    """On the page on which everything is checked: declares, and presses the button, twice as people do."""
    if person.has_field(DECLARATION):
        person.fill(DECLARATION, "1")
    if twice:
        person.press_twice("Nộp hồ sơ")
    else:
        person.press("Nộp hồ sơ")


def pay(person, amount, choice=None):
    """At the pay page of the sandbox, and back."""
    person.press("Thanh toán")
    person.sees("Không có tiền thật nào được chuyển", amount)
    person.press(choice or f"Thanh toán {amount}")


# MARK: officers


def sign_in_officer(person, username, anew=False):
    """As a sample officer. A session that was begun for her serves again, unless a new one is asked for."""
    demo = person.demo
    person.login = username
    with demo.at_door:
        if username in demo.sessions and not anew:
            person.hold_session(demo.sessions[username])
            person.go("/dang-nhap/can-bo")
            if person.offers("Đăng xuất"):
                return
        enter(person, username, demo.password(username), demo.app(username))
        if not person.offers("Đăng xuất"):
            raise Unexpected(f"{username} cannot sign in: {person.words[:300]}")
        demo.sessions[username] = person.session()


def enter(person, login, password, app=None, own_password=None):
    """Name, password and whatever is asked after them; the app, which is set up where the account has none yet."""
    for _ in range(30):
        person.go("/dang-nhap/can-bo")
        person.fill("Tên đăng nhập", login)
        person.fill("Mật khẩu", password)
        person.press("Đăng nhập")
        if "Thử lại sau" not in person.words:
            break
        time.sleep(1)  # sign-ins from one address are limited, and all of ours come from one
    if person.has_field("Mã mà ứng dụng đang hiện"):
        app = set_up_app(person)
        person.click("Đã ghi lại, tiếp tục")
    else:
        give_code(person, app)
    if person.has_field("Mật khẩu mới"):
        person.fill("Mật khẩu mới", own_password)
        person.press("Đặt mật khẩu")
    return app


def set_up_app(person):
    """Types the secret into an app and proves it with its first code; the page of recovery codes stands then."""
    person.reveal("Không quét được")
    app = Authenticator(person.find(r"\b[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}\b"))
    person.fill("Mã mà ứng dụng đang hiện", app.next_code())
    person.press("Xác nhận")
    person.sees("Mã khôi phục")
    return app


def give_code(person, app):
    """The second step, where it is asked; another process may just have used the code of this half minute."""
    for _ in range(3):
        if not person.has_field("Mã xác thực"):
            return
        person.fill("Mã xác thực", app.next_code())
        person.press("Tiếp tục")


def prove(person):
    """The proof of presence before signing, where the last one is too old."""
    if person.has_field("Mã xác thực hoặc mật khẩu"):
        person.fill("Mã xác thực hoặc mật khẩu", person.demo.password(person.login))


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


def advance(person, code, words):
    """Gives the case to a next step, by the words of the pack."""
    open_case(person, code)
    person.press(words)


# The packs' own words for the draft; the first where a pack has none.
DRAFTS = (
    "Lập dự thảo kết quả", "Lập giấy khai sinh", "Lập giấy chứng nhận", "Lập thông báo kết quả", "Lập giấy phép",
    "Lập bản sao trích lục", "Lập lời chứng", "Sửa dự thảo kết quả",
)


def draft_result(person, code, draft, look=None, words="Trình ký"):
    """The specialist fills the template, looks at the print and proposes it."""
    open_case(person, code)
    person.follow(next((words for words in DRAFTS if person.offers(words)), DRAFTS[0]))
    draft.give(person)
    person.press("Lưu và xem bản in")
    person.sees("Bản in sẽ ký")
    if look:
        look(person)
    person.press(words)


def sign(person, code, name):
    person.go("/ky")
    person.sees("Chờ ký", name)
    person.go(f"/ky/{code}")
    prove(person)
    person.press("Ký văn bản này")


def deliver(person, code):
    open_case(person, code)
    person.follow("Trả kết quả")
    person.sees("Kết quả đã ký")
    person.press("Trả kết quả")
