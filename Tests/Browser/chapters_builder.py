# SPDX-License-Identifier: Apache-2.0
"""The administrator's chapter of the procedure builder: a new service from "Tạo thủ tục mới" to a citizen's dossier."""
import time

import chapters_admin
import steps
import story
from harness.processes import ROOT
from person import BrowserPerson, Unexpected

# By mode, since a code is published once.
CODES = {(True, True): "9.300360", (False, False): "9.301280"}
# Beside the three fields with which every new form begins, ten of this service: (label, kind, more questions).
FIELDS = [
    ("Địa chỉ nhà ở", "Chữ, một dòng", {}),
    ("Diện tích sàn", "Số nguyên", {"Số nhỏ nhất": "1"}),
    ("Số tầng", "Số nguyên", {"Số nhỏ nhất": "1"}),
    ("Ngày bắt đầu ở", "Ngày", {"Không được sau ngày": "hôm nay"}),
    ("Nhà có giấy tờ không?", "Có hoặc Không", {}),
    ("Mục đích xin xác nhận", "Chữ, một dòng", {}),
    ("Số người đang ở", "Số nguyên", {}),
    ("Tên chủ nhà", "Chữ, một dòng", {}),
    ("Điện thoại của chủ nhà", "Số điện thoại", {}),
    ("Điều cần nói thêm", "Chữ, nhiều dòng", {}),
]
ANSWERS = steps.Answers(
    fields={
        "Địa chỉ nhà ở": "Ấp Trung, xã An Phú", "Diện tích sàn": "72", "Số tầng": "2",
        "Mục đích xin xác nhận": "Vay vốn sửa nhà", "Số người đang ở": "4", "Tên chủ nhà": "Lê Văn Tám",
        "Điện thoại của chủ nhà": "0912 345 678", "Điều cần nói thêm": "Nhà ở từ trước năm 2010",
        "Số điện thoại": "0912 345 678",
    },
    dates={"Ngày bắt đầu ở": (1, 2, 2020)},
    choices={"Nhà có giấy tờ không?": "Có", "Nơi giải quyết": story.AGENCY},
)


class Counted:
    """How many pages the work took, and how long."""

    def __init__(self, person):
        self.person, self.began, self.pages = person, time.monotonic(), 0

    def press(self, words):
        self.pages += 1
        self.person.press(words)
        self.person.sees_not("Có thông tin cần sửa")

    def click(self, words):
        self.pages += 1
        self.person.click(words)


def new_procedure(admin, work, code, name):
    """Name and code; the skeleton has three steps, notices, one page of a form."""
    admin.go("/quan-tri")
    work.click("Thủ tục")
    admin.sees("Đang cung cấp", "Bản thứ 1", "Mức độ 4")
    admin.look("danh-sach", "staff")
    work.click("Tạo thủ tục mới")
    admin.fill("Mã thủ tục", code)
    admin.fill("Tên thủ tục", name)
    admin.fill("Lĩnh vực", "Nhà ở")
    work.press("Tạo bản nháp")
    admin.sees("Tổng quan", name, "Bản nháp", "Còn chữ mẫu", "Chưa thể bắt đầu")
    admin.look("tong-quan", "staff")


def form(admin, work):
    """A second page of the form with ten fields, one after the other."""
    work.click("Tờ khai")
    work.press("Thêm trang tờ khai")
    admin.fill("Tiêu đề", "Nhà ở")
    work.press("Thêm trường")
    for place, (label, kind, more) in enumerate(FIELDS):
        admin.fill("Nhãn", label)
        admin.fill("Kiểu", kind)
        if more:
            # What most fields do without stands behind a line.
            admin.page.locator("summary", has_text="Tùy chọn khác").click()
        for question, value in more.items():
            admin.fill(question, value)
        if place == 3:
            admin.look("truong", "staff")
        work.press("Lưu và thêm tiếp" if place + 1 < len(FIELDS) else "Lưu")
    admin.sees("Đã thêm vào bản nháp", FIELDS[0][0], FIELDS[-1][0])
    # By buttons alone: the last goes up one place.
    moved = admin.page.locator("li", has_text=FIELDS[-1][0]).get_by_role("button", name="Lên")
    admin._settle(lambda: moved.click())
    titles = admin.page.locator(".build-list b").all_inner_texts()
    if titles[-2] != FIELDS[-1][0]:
        raise Unexpected(f"the field did not go up: {titles}")
    admin.look("cac-truong", "staff")


def fee(admin, work):
    """A fixed charge, on the basis that the skeleton names."""
    work.click("Phí, lệ phí")
    work.press("Thêm khoản thu")
    admin.fill("Tên theo văn bản", "Lệ phí xác nhận")
    work.press("Thêm dòng biểu thu")
    admin.fill("Mức cố định (đồng)", "20.000")
    admin.fill("Văn bản quy định thủ tục", "1")
    work.press("Lưu")
    admin.sees("Đã thêm vào bản nháp")


def example(admin, work):
    """The example of the skeleton gets the answers that the new fields ask for, and says what is to be paid."""
    work.click("Chạy ví dụ")
    admin.sees("Khác")
    admin.look("vi-du-sai", "staff")
    work.click("Sửa Khai đủ và nộp trực tuyến")
    for label, value in ANSWERS.fields.items():
        admin.fill(label, value)
    admin.fill("Ngày bắt đầu ở", "1/2/2020")
    admin.fill("Nhà có giấy tờ không?", "Có")
    admin.fill("Tổng phải nộp (đồng)", "20000")
    work.press("Lưu")
    work.click("Chạy ví dụ")
    admin.sees("Đúng", "20.000 đ")
    admin.sees_not("chỗ khác")
    admin.look("vi-du-dung", "staff")


def undo(admin):
    """One step back and forward again loses nothing."""
    admin.click("Văn bản")
    before = admin.page.locator("textarea").input_value()
    admin.press("Hoàn tác")
    admin.press("Làm lại")
    admin.click("Văn bản")
    if admin.page.locator("textarea").input_value() != before:
        raise Unexpected("a change that was taken back and made again is another one")
    admin.look("van-ban", "staff")


def previews(admin, code):
    """Each opens for itself and says what it is."""
    for part, words in (
        ("thu-tuc", "20.000 đ"), ("to-khai?trang=nhaO", "Diện tích sàn"), ("can-bo", "Thẩm định hồ sơ"),
    ):
        admin.go(f"/quan-tri/thu-tuc/{code}/xem-truoc/{part}")
        admin.sees("Xem trước bản nháp", words)
        admin.look(part.split("?")[0], "citizen" if part != "can-bo" else "staff")
    answer = admin.context.request.get(f"{admin.demo.base}/quan-tri/thu-tuc/{code}/xem-truoc/ket-qua")
    if answer.status != 200 or not answer.body().startswith(b"%PDF"):
        raise Unexpected(f"the preview of the result answers {answer.status}")
    admin.go(f"/quan-tri/thu-tuc/{code}")


def tick_all(admin):
    """Every fact that waits."""
    boxes = admin.page.locator("input[name=facts]")
    for place in range(boxes.count()):
        boxes.nth(place).set_checked(True, force=True)


def publish(admin, work):
    """Every fact is compared, then one button."""
    work.click("Đối chiếu")
    admin.sees("20.000 đồng", "5 ngày làm việc", "còn chữ mẫu")
    decision = "Quyết định 12/QĐ-UBND ngày 01/02/2026"
    # The skeleton's words cannot be confirmed; the page says which they are.
    admin.expects_errors = True  # the page with the error answers 422, which the console tells
    tick_all(admin)
    admin.fill("Đã đối chiếu với văn bản nào", decision)
    admin.press("Xác nhận đã đối chiếu")
    admin.sees("còn chữ mẫu: ghi tên văn bản và nguồn thật trước")
    admin.look("doi-chieu-chu-mau", "staff")
    admin.expects_errors = False
    tick_all(admin)
    admin.fill("Đã đối chiếu với văn bản nào", decision)
    work.press("Ghi làm nguồn")
    admin.sees("Đã ghi nguồn")
    work.click("Mở trang của mục này")
    admin.fill("Tên văn bản", "Luật Nhà ở")
    work.press("Lưu")
    work.click("Đối chiếu")
    admin.sees_not("còn chữ mẫu")
    tick_all(admin)
    admin.fill("Đã đối chiếu với văn bản nào", decision)
    admin.look("doi-chieu", "staff")
    work.press("Xác nhận đã đối chiếu")
    admin.sees("Mọi nội dung đã được đối chiếu")
    work.click("Xuất bản")
    admin.sees("không thấy lỗi", "mọi nội dung đều mới")
    admin.fill("Lý do xuất bản", "Mở dịch vụ mới theo Quyết định 12/QĐ-UBND")
    admin.look("xuat-ban", "staff")
    work.press("Xuất bản phiên bản")
    admin.sees("Đã xuất bản")


def imported(admin):
    """A record of the national catalogue becomes a draft, with the list of what it lacks."""
    admin.go("/quan-tri/thu-tuc")
    admin.click("Nhập từ CSDL quốc gia")
    admin.look("nhap", "staff")
    admin.page.set_input_files("#file", str(ROOT / "Tests" / "Fixtures" / "import" / "classic.json"))
    admin.press("Nhập thành bản nháp")
    admin.sees("Mức độ 2 còn thiếu", "quy trình và người thực hiện từng bước")
    admin.look("da-nhap", "staff")
    admin.click("Mở bản nháp 9.000101")
    admin.sees("Đăng ký mở lớp thả diều", "Bản nháp")


def builder(gate, demo, files, phone, script):
    """A new service of ten fields, a fee and three steps without code, and the dossier of a citizen who finds it."""
    code = CODES[(phone, script)]
    name = f"Xác nhận tình trạng nhà ở {'kiểu một' if phone else 'kiểu hai'}"
    admin = BrowserPerson(gate, demo, "builder", phone, script)
    story.sign_in_officer(admin, chapters_admin.ADMINISTRATOR)
    work = Counted(admin)
    new_procedure(admin, work, code, name)
    form(admin, work)
    fee(admin, work)
    example(admin, work)
    undo(admin)
    previews(admin, code)
    publish(admin, work)
    seconds = time.monotonic() - work.began
    print(f"    a procedure of {len(FIELDS)} fields: {work.pages} pages, {seconds:.0f} s by machine", flush=True)
    imported(admin)

    citizen = BrowserPerson(gate, demo, "builder-citizen", phone, script)
    steps.find(citizen, name.lower(), name)
    citizen.sees("20.000 đ")
    steps.begin(citizen, story.CITIZEN)
    steps.fill_draft(citizen, ANSWERS, {}, files, False)
    citizen.sees("20.000 đ")
    steps.submit(citizen, twice=False)
    citizen.find(steps.CODE)
    citizen.look("da-nop")


ALL = [builder]
