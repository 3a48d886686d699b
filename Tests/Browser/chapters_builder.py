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
# Beside the three fields with which every new form begins, ten of this service, as lines of the builder.
FIELDS = """Địa chỉ nhà ở
Diện tích sàn | số từ 1 đến 10.000
Số tầng | số từ 1 đến 200
Ngày bắt đầu ở | ngày đến hôm nay
Nhà có giấy tờ không?
Mục đích xin xác nhận
Số người đang ở
Tên chủ nhà
Số điện thoại của chủ nhà
Điều cần nói thêm | chữ dài"""
LABELS = [line.split(" | ")[0] for line in FIELDS.splitlines()]
ANSWERS = steps.Answers(
    fields={
        "Địa chỉ nhà ở": "Ấp Trung, xã An Phú", "Diện tích sàn": "72", "Số tầng": "2",
        "Mục đích xin xác nhận": "Vay vốn sửa nhà", "Số người đang ở": "4", "Tên chủ nhà": "Lê Văn Tám",
        "Số điện thoại của chủ nhà": "0912 345 678", "Điều cần nói thêm": "Nhà ở từ trước năm 2010",
        "Số điện thoại": "0912 345 678",
    },
    dates={"Ngày bắt đầu ở": (1, 2, 2020)},
    choices={"Nhà có giấy tờ không?": "Có", "Nơi giải quyết": story.AGENCY},
)


# The keystroke-level model of Card, Moran and Newell, in seconds: a key, pointing, a click, a hand that moves between
# mouse and keys, a thought. Vietnamese by Telex takes about 1.2 keys a letter.
KEY, POINT, CLICK, HAND, THOUGHT, KEYS_A_LETTER = 0.28, 1.1, 0.2, 0.4, 1.35, 1.2
PRESS = THOUGHT + POINT + CLICK


class Counted:
    """How many pages the work took, how long by machine, and how long hands take by the keystroke-level model."""

    def __init__(self, person):
        self.person, self.began, self.pages, self.operators = person, time.monotonic(), 0, 0.0

    def press(self, words):
        self.pages += 1
        self.operators += PRESS
        self.person.press(words)
        self.person.sees_not("Có thông tin cần sửa")

    def click(self, words):
        self.pages += 1
        self.operators += PRESS
        self.person.click(words)

    def fill(self, label, value):
        self.operators += PRESS + 2 * HAND + KEY * KEYS_A_LETTER * len(value)
        self.person.fill(label, value)

    def pick(self, question, option):
        self.operators += PRESS
        if not self.person.pick(question, option):
            raise Unexpected(f"no choice “{option}” under “{question}”")

    def tick_all(self):
        """Every fact that waits. What is read and compared with the law is no matter of hands."""
        boxes = self.person.page.locator("input[name=facts]")
        self.operators += boxes.count() * (POINT + CLICK)
        tick_all(self.person)


def new_procedure(admin, work, code, name):
    """One page asks for what makes the procedure different; a wrong line is told, and nothing typed is lost."""
    admin.go("/quan-tri")
    work.click("Thủ tục")
    admin.sees("Đang cung cấp", "Bản thứ 1", "Mức độ 4")
    admin.look("danh-sach", "staff")
    work.click("Tạo thủ tục mới")
    work.fill("Mã thủ tục", code)
    work.fill("Tên thủ tục", name)
    work.fill("Lĩnh vực", "Nhà ở")
    work.pick("Khoản thu", "Lệ phí")
    work.fill("Tên khoản thu", "Lệ phí xác nhận")
    work.fill("Mức thu", "20.000")
    admin.fill("Các trường của tờ khai", FIELDS + "\nLoại nhà | kiểu lạ")
    admin.look("tao-moi", "staff")
    admin.expects_errors = True  # the page with the error answers 422, which the console tells
    admin.press("Tạo bản nháp")
    admin.sees("Có thông tin cần sửa", "Dòng 11: không có kiểu “kiểu lạ”")
    admin.look("tao-moi-co-loi", "staff")
    admin.expects_errors = False
    work.fill("Các trường của tờ khai", FIELDS)
    work.press("Tạo bản nháp")
    admin.sees("Tổng quan", name, "Bản nháp", "Còn chữ mẫu", "Chưa thể bắt đầu")
    admin.look("tong-quan", "staff")


def form(admin, work):
    """The fields stand on a page of their own; by buttons alone the last goes up one place, and lines add more."""
    admin.click("Tờ khai")
    admin.page.locator("li", has_text="Nội dung đề nghị").get_by_role("button", name="Sửa").click()
    admin.page.wait_for_load_state("load")
    admin.sees(*LABELS)
    moved = admin.page.locator("li", has_text=LABELS[-1]).get_by_role("button", name="Lên")
    admin._settle(lambda: moved.click())
    titles = admin.page.locator(".build-list b").all_inner_texts()
    if titles != LABELS[:-2] + [LABELS[-1], LABELS[-2]]:
        raise Unexpected(f"the field did not go up: {titles}")
    admin.look("cac-truong", "staff")
    admin.page.locator("summary", has_text="Thêm nhiều trường một lượt").click()
    admin.fill("Mỗi dòng một trường", "Ghi chú thêm | chữ | không bắt buộc\nSai | kiểu lạ")
    admin.expects_errors = True
    admin.press("Thêm các dòng này")
    admin.sees("Có thông tin cần sửa", "Dòng 2: không có kiểu “kiểu lạ”")
    admin.look("cac-dong-co-loi", "staff")
    admin.expects_errors = False
    admin.fill("Mỗi dòng một trường", "Ghi chú thêm | chữ | không bắt buộc")
    admin.press("Thêm các dòng này")
    admin.sees("Đã thêm vào bản nháp", "Ghi chú thêm")
    removed = admin.page.locator("li", has_text="Ghi chú thêm").get_by_role("button", name="Xóa")
    admin._settle(lambda: removed.click())
    admin.sees_not("Ghi chú thêm")


def chain(admin):
    """Another usual chain in one click, and back."""
    admin.click("Các bước")
    admin.sees("Thẩm định hồ sơ", "Kiểm tra dự thảo", "Ký kết quả")
    admin.page.locator("summary", has_text="Thay bằng chuỗi thường gặp").click()
    admin.look("chuoi", "staff")
    admin.press("Tiếp nhận → thẩm định → ký duyệt → trả kết quả")
    admin.sees_not("Kiểm tra dự thảo")
    admin.press("Hoàn tác")
    admin.click("Các bước")
    admin.sees("Kiểm tra dự thảo")


def fee(admin):
    """The charge stands in the pack; few choices stand open on its page."""
    admin.click("Phí, lệ phí")
    admin.page.locator("li", has_text="Lệ phí xác nhận").get_by_role("button", name="Sửa").click()
    admin.page.wait_for_load_state("load")
    if not admin.pick("Thu lúc nào", "Trước khi tiếp nhận"):
        raise Unexpected("when a fee is paid is no open choice")
    admin.look("khoan-thu", "staff")


def example(admin, work):
    """The example of the skeleton gets an answer to every new question, and expects what came out."""
    work.click("Chạy ví dụ")
    admin.sees("Khác", "Địa chỉ nhà ở: Nhập")
    admin.look("vi-du-sai", "staff")
    work.press("Điền thử câu chưa trả lời")
    admin.sees("Đã điền thử", "Chưa nêu điều mong đợi", "20.000 đ")
    admin.sees_not("chỗ khác")
    admin.look("vi-du-dien-thu", "staff")
    work.press("Lấy kết quả này làm điều mong đợi")
    admin.sees("Đã lấy kết quả chạy làm điều mong đợi", "Đúng")
    admin.sees_not("Chưa nêu điều mong đợi")
    # Every answer is one line of the example's page, and can be another one.
    admin.click("Sửa Khai đủ và nộp trực tuyến")
    admin.fill("Mục đích xin xác nhận", "Vay vốn sửa nhà")
    admin.look("vi-du-tung-cau", "staff")
    admin.press("Điền thử")
    admin.sees("Không có câu nào cần điền thêm")
    if admin.page.get_by_label("Mục đích xin xác nhận", exact=True).input_value() != "Vay vốn sửa nhà":
        raise Unexpected("what was typed is not kept")
    admin.click("Chạy ví dụ")
    admin.sees("Đúng")
    admin.look("vi-du-dung", "staff")
    admin.click("Tổng quan")
    if "Đã xong" not in admin.page.locator("li", has_text="Ví dụ").last.inner_text():
        raise Unexpected("an example that says what it expects is not done")


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
        ("thu-tuc", "20.000 đ"), ("to-khai?trang=request", "Diện tích sàn"), ("can-bo", "Thẩm định hồ sơ"),
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
    work.click("Phần tiếp theo: Đối chiếu")
    admin.sees("20.000 đồng", "5 ngày làm việc", "còn chữ mẫu", "Nội dung chưa có nguồn")
    decision = "Quyết định 12/QĐ-UBND ngày 01/02/2026"
    # The skeleton's name of a document cannot be confirmed; the page says which it is.
    admin.expects_errors = True
    tick_all(admin)
    admin.fill("Đã đối chiếu với văn bản nào", decision)
    admin.press("Xác nhận đã đối chiếu")
    admin.sees("còn chữ mẫu: ghi tên văn bản và nguồn thật trước")
    admin.look("doi-chieu-chu-mau", "staff")
    admin.expects_errors = False
    work.click("Mở trang: Căn cứ “Văn bản quy định thủ tục”")
    work.fill("Tên văn bản", "Luật Nhà ở")
    work.press("Lưu")
    work.click("Đối chiếu")
    admin.sees_not("còn chữ mẫu")
    # A source alone, for what is not compared yet; a second time there is nothing to write.
    for said in ("Đã ghi nguồn cho 1 nội dung chưa có nguồn", "đều có nguồn, không ghi gì thêm"):
        admin.page.locator("input[name=facts]").first.set_checked(True, force=True)
        admin.fill("Đã đối chiếu với văn bản nào", decision)
        admin.press("Ghi làm nguồn")
        admin.sees(said)
    work.tick_all()
    work.fill("Đã đối chiếu với văn bản nào", decision)
    admin.look("doi-chieu", "staff")
    work.press("Xác nhận đã đối chiếu")
    admin.sees("Mọi nội dung đã được đối chiếu")
    work.click("Phần tiếp theo: Xuất bản")
    admin.sees("không thấy lỗi", "mọi nội dung đều mới")
    work.fill("Lý do xuất bản", "Mở dịch vụ mới theo Quyết định 12/QĐ-UBND")
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
    chain(admin)
    fee(admin)
    example(admin, work)
    undo(admin)
    previews(admin, code)
    admin.click("Chạy ví dụ")
    publish(admin, work)
    seconds = time.monotonic() - work.began
    print(
        f"    a procedure of {len(LABELS)} fields: {work.pages} pages, {work.operators:.0f} s of hands by the "
        f"keystroke-level model, {seconds:.0f} s by machine", flush=True)
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
