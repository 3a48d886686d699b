# SPDX-License-Identifier: Apache-2.0
"""The administrator's chapters: an account from its first password to its end, and a message that is sent again."""
import contextlib
import sqlite3
import time

import steps
import story
from person import BrowserPerson, RobotPerson, Unexpected

ADMINISTRATOR = "quantri"
OWN_AGENCY = "H01.30337"
PASSWORD = r"[0-9a-z]{5}(?:-[0-9a-z]{5}){3}"
NAME = "Đỗ Thị Hạnh"
ATTEMPTS = 14
# What an added officer chooses instead of the password that she was given.
OWN_PASSWORD = "sông Tiền mùa nước nổi"


def sign_in(person, login, password, app=None):
    """As an officer who was added: the first time with a password of her own; her app."""
    return steps.enter(person, login, password, app, OWN_PASSWORD)


def add_officer(person, agency, login, role, unit="Tư pháp - Hộ tịch"):
    """On the form of a new officer, filled and sent; the password that is shown once."""
    if f"/co-quan/{agency}/can-bo-moi" not in person.url:
        person.go(f"/quan-tri/co-quan/{agency}/can-bo-moi")
    person.fill("Họ và tên", NAME)
    person.fill("Chức vụ", "Công chức hỗ trợ")
    person.fill("Đơn vị", unit)
    person.fill(role, "1")
    person.fill("Tên đăng nhập", login)
    person.press("Thêm cán bộ")
    person.sees("Đã thêm cán bộ", login, "Mật khẩu chỉ hiện một lần")
    return person.find(PASSWORD)


def administration(gate, demo, files, phone, script):
    """An officer is added, works, gets another role, and is locked: her next request leads to the sign-in."""
    login = f"anphu.them{360 if phone else 1280}{'' if script else '-khong'}"
    admin = BrowserPerson(gate, demo, "administration", phone, script)
    story.sign_in_officer(admin, ADMINISTRATOR)
    if not admin.url.endswith("/quan-tri"):
        raise Unexpected(f"the administrator's home is {admin.url}")
    admin.sees("dữ liệu mẫu", "Nhật ký sự kiện", "Phiên đang mở")
    admin.look("quan-tri", "staff")
    admin.click("Cơ quan và cán bộ")
    admin.look("co-quan", "staff")
    admin.fill("Tên hoặc mã cơ quan", "xa an phu")
    admin.press("Tìm")
    admin.sees_not("Long Xuyên")
    admin.click("Ủy ban nhân dân xã An Phú")
    admin.sees("Nguyễn Thị Hoa", "bộ phận một cửa")
    admin.look("mot-co-quan", "staff")

    admin.click("Thêm cán bộ")
    admin.fill("Họ và tên", NAME)
    admin.expects_errors = True  # the page with errors answers 422, which the console tells
    admin.press("Thêm cán bộ")
    admin.sees("Có thông tin cần sửa", "Nhập chức vụ", "Chọn đơn vị", "Chọn ít nhất một vai trò", "Nhập tên đăng nhập")
    if admin.page.get_by_label("Họ và tên").first.input_value() != NAME:
        raise Unexpected("what was written is lost")
    admin.look("thieu", "staff")
    admin.expects_errors = False
    password = add_officer(admin, OWN_AGENCY, login, "Văn thư")
    admin.look("mat-khau", "staff")
    admin.click("Xem tài khoản này")
    account = admin.url.split("?")[0]
    admin.sees_not(password)

    officer = BrowserPerson(gate, demo, "added-officer", phone, script)
    app = first_sign_in(officer, login, password)
    if not officer.url.endswith("/viec"):
        raise Unexpected(f"the new officer is led to {officer.url}")
    officer.expects_errors = True  # pages that are not hers answer 403
    for page in ("/ky", "/quan-tri"):
        if officer.go(page) != 403:
            raise Unexpected(f"a records clerk opens {page}")
    change_roles(admin)
    officer.go("/ky")
    officer.sees("Cán bộ đăng nhập")  # other rights begin with another session
    sign_in(officer, login, OWN_PASSWORD, app)
    if officer.go("/ky") != 200:
        raise Unexpected("the new role does not hold")
    end_session(admin, account)
    officer.go("/ky")
    officer.sees("Cán bộ đăng nhập")
    sign_in(officer, login, OWN_PASSWORD, app)
    last_administrator(admin)
    lock(admin, account)
    officer.go("/ky")
    officer.sees("Cán bộ đăng nhập")
    sign_in(officer, login, OWN_PASSWORD, app)
    officer.sees("Tên đăng nhập và mật khẩu phải khớp nhau")
    officer.close()
    admin.close()


def first_sign_in(officer, login, password):
    """The app is set up, the given password is replaced; each page is looked at on the way."""
    officer.go("/dang-nhap/can-bo")
    officer.fill("Tên đăng nhập", login)
    officer.fill("Mật khẩu", password)
    officer.press("Đăng nhập")
    officer.look("thiet-lap", "staff")
    officer.expects_errors = True
    officer.fill("Mã mà ứng dụng đang hiện", "000000")
    officer.press("Xác nhận")
    officer.sees("Mã chưa đúng")
    officer.expects_errors = False
    app = steps.set_up_app(officer)
    officer.look("ma-khoi-phuc", "staff")
    officer.click("Đã ghi lại, tiếp tục")
    officer.expects_errors = True
    officer.fill("Mật khẩu mới", password)
    officer.press("Đặt mật khẩu")
    officer.sees("Mật khẩu mới phải khác mật khẩu đang dùng")
    officer.look("mat-khau-rieng", "staff")
    officer.expects_errors = False
    officer.fill("Mật khẩu mới", OWN_PASSWORD)
    officer.press("Đặt mật khẩu")
    return app


def end_session(admin, account):
    """A session of somebody else is ended; the page then says that there is none."""
    admin.go(account)
    admin.click("Phiên đăng nhập")
    admin.sees("Thiết bị", "Kết thúc mọi phiên")
    admin.look("phien", "staff")
    admin.press("Kết thúc phiên trên")
    admin.sees("Đã kết thúc phiên đó", "không có phiên nào đang mở")


def change_roles(admin):
    """Nothing chosen is an error; another role holds at once."""
    admin.fill("Văn thư", "")
    admin.expects_errors = True
    admin.press("Lưu vai trò")
    admin.sees("Chọn ít nhất một vai trò")
    admin.expects_errors = False
    admin.fill("Lãnh đạo", "1")
    admin.press("Lưu vai trò")
    admin.sees("Đã đổi vai trò")
    admin.look("doi-vai-tro", "staff")


def last_administrator(admin):
    """Who administers alone can neither lock herself nor give the role away."""
    admin.go(f"/quan-tri/can-bo/{ADMINISTRATOR}")
    admin.sees_not("Khóa tài khoản")
    admin.fill("Quản trị", "")
    admin.fill("Kiểm tra", "1")
    admin.expects_errors = True
    admin.press("Lưu vai trò")
    admin.sees("quản trị cuối cùng")
    admin.look("quan-tri-cuoi-cung", "staff")
    admin.expects_errors = False


def lock(admin, account):
    """The account is locked on a page of its own that asks first."""
    admin.go(account)
    admin.click("Khóa tài khoản")
    admin.look("khoa", "staff")
    admin.expects_errors = True
    admin.press("Khóa tài khoản")
    admin.sees("Đánh dấu vào ô để khóa tài khoản")
    admin.expects_errors = False
    admin.fill("Tôi chắc chắn khóa tài khoản", "1")
    admin.press("Khóa tài khoản")
    admin.sees("Đã khóa tài khoản")
    admin.look("da-khoa", "staff")


def jobs(demo):
    """The table of jobs, as the running demo keeps it."""
    database = next(path for path in demo.data.rglob("*.sqlite"))
    return contextlib.closing(sqlite3.connect(database, timeout=30, isolation_level=None))


def bury_a_notice(demo, files):
    """One notice that was sent becomes a dead letter by hand: fourteen real attempts would take days."""
    story.submitted_and_paid(RobotPerson(demo), demo, files)
    end = time.monotonic() + 30
    with jobs(demo) as table:
        # What is due: a question to another agency has its reminder in the queue for days.
        due = "SELECT COUNT(*) FROM job WHERE state = 'waiting' AND run_at <= ?"
        while table.execute(due, (int(time.time() * 1_000_000),)).fetchone()[0]:
            if time.monotonic() > end:
                raise Unexpected("the outbox is not empty after 30 s")
            time.sleep(0.3)
        (job,) = table.execute("SELECT id FROM job WHERE state = 'done' ORDER BY run_at DESC, id LIMIT 1").fetchone()
        table.execute("BEGIN IMMEDIATE")
        table.execute("UPDATE job SET state = 'dead', attempts = ? WHERE id = ?", (ATTEMPTS, job))
        table.execute(
            "INSERT INTO job_attempt (job_id, number, at, outcome) VALUES (?, "
            "(SELECT COALESCE(MAX(number), 0) + 1 FROM job_attempt WHERE job_id = ?), ?, 'outbound-unreachable')",
            (job, job, int(time.time() * 1_000_000)),
        )
        table.execute("COMMIT")
    return job


def dead_letter(gate, demo, files, phone, script):
    """What was given up says why, and is sent once more with a reason."""
    job = bury_a_notice(demo, files)
    admin = BrowserPerson(gate, demo, "dead-letter", phone, script)
    story.sign_in_officer(admin, ADMINISTRATOR)
    admin.sees("1 việc không gửi được")
    admin.look("co-viec-bi-dung", "staff")
    admin.click("Xem các việc bị dừng")
    admin.sees("Không kết nối được máy chủ bên ngoài", "Thư và tin nhắn cho người nộp hồ sơ")
    admin.sees_not(story.CITIZEN)
    admin.look("hang-doi", "staff")
    admin.expects_errors = True
    admin.press("Gửi lại")
    admin.sees("Nhập lý do gửi lại")
    admin.expects_errors = False
    admin.fill("Lý do gửi lại", "Máy chủ thư đã chạy lại")
    admin.press("Gửi lại")
    admin.sees("Đã đưa vào hàng đợi để gửi lại", "Không có việc nào bị dừng")
    admin.look("da-gui-lai", "staff")
    admin.close()
    end = time.monotonic() + 30
    with jobs(demo) as table:
        while table.execute("SELECT state FROM job WHERE id = ?", (job,)).fetchone() != ("done",):
            if time.monotonic() > end:
                raise Unexpected("the message was not sent again")
            time.sleep(0.3)


ALL = [administration, dead_letter]
