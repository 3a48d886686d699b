# SPDX-License-Identifier: Apache-2.0
"""Levels from evidence, the roadmap, and what a procedure costs: an administrator, a leader, and a stranger."""
import story
from person import BrowserPerson, RobotPerson, Unexpected

CODE, NAME = "2.000635", "Cấp bản sao trích lục hộ tịch"
ADMINISTRATOR = "quantri"


def levels(gate, demo, files, phone, script):
    """The roadmap and one service of it, filtered and as a file; the cost; what a citizen reads of both."""
    admin = BrowserPerson(gate, demo, "levels", phone, script)
    story.sign_in_officer(admin, ADMINISTRATOR)
    admin.click("Mức độ dịch vụ công và lộ trình")
    admin.sees("Tổng hợp và dự kiến", "Hiện nay", CODE)
    admin.look("muc-do", "staff")
    admin.go("/quan-tri/muc-do?q=trich+luc&tinh-trang=overdue")
    admin.sees("Không có thủ tục nào khớp")
    admin.go("/quan-tri/muc-do?q=trich+luc")
    admin.sees_not("Đăng ký khai sinh")
    rows = admin.download("Tải danh sách này").decode("utf-8-sig").splitlines()
    if len(rows) != 2 or not rows[0].startswith("Mã thủ tục,") or not rows[1].startswith(f"{CODE},"):
        raise Unexpected(f"the file of the list holds {rows}")
    admin.click(NAME)
    admin.sees("Ba cách xếp mức độ", "Toàn trình", "11/11 nội dung", "Cổng thanh toán đã cấu hình", "77,44 %")
    admin.look("mot-muc-do", "staff")
    admin.go("/quan-tri/chi-phi")
    admin.sees("3.305.472.000 đ còn 745.668.000 đ", "2.559.804.000 đ (77,44 %)", "7.313,7 ngày công")
    admin.look("chi-phi", "staff")
    admin.close()

    leader = RobotPerson(demo)
    story.sign_in_officer(leader, story.LEADER)
    leader.go("/quan-tri/muc-do")
    leader.sees("Mức độ dịch vụ công và lộ trình", CODE)

    stranger = BrowserPerson(gate, demo, "level-of-a-procedure", phone, script)
    stranger.go(f"/thu-tuc/{CODE}")
    stranger.sees("Bạn tiết kiệm khoảng 793.000 đ mỗi hồ sơ", "Nguồn:")
    stranger.page.get_by_text("Mức độ dịch vụ trực tuyến: Mức độ 4").click()
    stranger.sees("Nghị định 43/2011", "Nghị định 42/2022", "Nghị định 224/2026", "11/11 nội dung")
    stranger.look("muc-do-thu-tuc")
    stranger.close()


ALL = [levels]
