# SPDX-License-Identifier: Apache-2.0
"""Actions that a guard holds back, with the reason that the officer reads, and a result that stands for a paper."""
import contextlib
import dataclasses
import pathlib
import shutil
import tempfile

import chapters_desk
import chapters_procedures as others
import procedures
import steps
from demo import Demo
from harness.processes import ROOT
from person import BrowserPerson, RobotPerson, Unexpected

SPECIALIST, FIRE = chapters_desk.SPECIALIST, chapters_desk.FIRE
TALL = "Nhà dưới tám tầng phải qua kiểm tra thực địa."
SKETCH = "Chưa có sơ đồ hiện trạng lô đất."
OPINION = "Chưa có ý kiến về phòng cháy, chữa cháy."
ON_SITE, PAST_THE_SITE = "Chuyển kiểm tra thực địa", "Chuyển thẳng trưởng phòng"


@contextlib.contextmanager
def demo_with_guards():
    """The sample province where a building permit goes on only by a condition, with a paper, and after an opinion."""
    with tempfile.TemporaryDirectory() as folder:
        packs = pathlib.Path(folder) / "procedures"
        shutil.copytree(ROOT / "procedures", packs)
        main = packs / "1.013225" / "procedure.yaml"
        text = main.read_text()
        for old, new in (
            ("  - id: authorisation\n", """  - id: sketch
    name: Sơ đồ hiện trạng lô đất
    copies: { original: 1, electronic: 1 }
    required: no
    fileLimit: 2
  - id: authorisation
"""),
            (f"        - {{ action: advance, to: visit, label: {ON_SITE} }}\n", f"""        - action: advance
          to: visit
          label: {ON_SITE}
          guards:
            - {{ when: {{ field: floors, lessThan: 8 }}, reason: Nhà từ tám tầng chuyển thẳng trưởng phòng. }}
            - {{ paper: sketch, reason: {SKETCH} }}
            - {{ consulted: fireSafety, reason: "{OPINION}" }}
        - {{ action: draftResult, label: Lập giấy phép }}
        - action: advance
          to: review
          label: {PAST_THE_SITE}
          guards:
            - {{ when: {{ field: floors, atLeast: 8 }}, reason: {TALL} }}
"""),
        ):
            if text.count(old) != 1:
                raise Unexpected(f"the pack has {text.count(old)} times {old!r}")
            text = text.replace(old, new)
        main.write_text(text)
        with Demo(environment={"MOTCUA_PROCEDURES": str(packs)}) as demo:
            yield demo


def held(officer, reason, *acts):
    """The reason stands on the page, and none of the buttons."""
    officer.sees(reason)
    for words in acts:
        if officer.offers(words):
            raise Unexpected(f"“{words}” is offered although: {reason}")


def guards(gate, demo, files, phone, script):
    """By a condition, without a paper, before an opinion: each reason stands in place of the button."""
    procedure = procedures.BUILDING_PERMIT
    complete = dataclasses.replace(procedure, papers={**procedure.papers, "Sơ đồ hiện trạng": "long"})
    with demo_with_guards() as own:
        citizen = RobotPerson(own)
        without = others.filed(citizen, procedure, files, look=False)
        code = others.filed(citizen, complete, files, look=False)
        desk = chapters_desk.officer(RobotPerson(own), "soxaydung.motcua")
        for one in (without, code):
            steps.receive(desk, one)

        officer = chapters_desk.officer(BrowserPerson(gate, own, "guards", phone, script), SPECIALIST)
        officer.go(f"/viec/{without}")
        held(officer, SKETCH, ON_SITE)
        held(officer, TALL, PAST_THE_SITE)
        officer.look("thieu-giay-to", "staff")
        officer.go(f"/viec/{code}")
        officer.sees_not(SKETCH)
        held(officer, OPINION, ON_SITE)
        held(officer, TALL, PAST_THE_SITE)
        officer.look("chua-co-y-kien", "staff")
        officer.click("Hỏi ý kiến: phòng cháy, chữa cháy")
        officer.fill("Nội dung cần hỏi", "Lối thoát nạn đạt không?")
        officer.press("Gửi câu hỏi")
        # Somebody was asked and has not answered: still held.
        held(officer, OPINION, ON_SITE)

        fire = chapters_desk.officer(RobotPerson(own), FIRE)
        fire.go("/viec")
        fire.click("Được hỏi ý kiến")
        fire.click(code)
        fire.pick("Ý kiến", "Đồng ý")
        fire.fill("Nội dung ý kiến", "Đạt.")
        fire.press("Gửi ý kiến")

        officer.go(f"/viec/{code}")
        officer.sees_not(OPINION)
        held(officer, TALL, PAST_THE_SITE)
        officer.look("da-mo", "staff")
        steps.advance(officer, code, ON_SITE)
        officer.sees("Đã chuyển hồ sơ sang bước tiếp theo")
        officer.close()


EXTENSION = steps.Answers(
    fields={
        "Số giấy phép xây dựng": "01/2026/GPXD", "Địa điểm xây dựng": procedures.ADDRESS, "Xin gia hạn mấy tháng": "6",
        "Lý do chưa khởi công": "Chưa kịp vay vốn.",
    },
    dates={"Ngày cấp": procedures.boxes(procedures.TODAY), "Phải khởi công trước ngày": ("31", "12", "2030")},
    choices={
        "có phải là chủ đầu tư": "Có", "Đã gia hạn mấy lần?": "Chưa lần nào", "Cách nhận kết quả": "Nhận bản điện tử",
    },
)


def reuse(gate, demo, files, phone, script):
    """A permit that this portal issued stands for the paper of its extension; nothing is photographed."""
    permit = procedures.BUILDING_PERMIT
    robot = RobotPerson(demo)
    code = others.filed(robot, permit, files, look=False)
    others.decided(lambda name: RobotPerson(demo), permit, code)

    citizen = BrowserPerson(gate, demo, "reuse", phone, script)
    steps.find(citizen, "gia han giay phep xay dung", "Gia hạn giấy phép xây dựng đối với công trình cấp III")
    steps.begin(citizen, permit.citizen)
    for _ in range(steps.PAGES_OF_A_FORM):
        if steps.ASKS_FOR_PAPERS in citizen.words:
            break
        EXTENSION.give(citizen)
        citizen.follow("Lưu và tiếp tục" if citizen.offers("Lưu và tiếp tục") else "Tiếp tục")
    citizen.sees("Giấy phép xây dựng đã được cấp", "Bạn đã có", "không phải chụp lại")
    citizen.look("da-co-ket-qua")
    # Other permits of the same person stay on offer.
    offered = citizen.words.count("Bạn đã có:")
    citizen.press("Dùng kết quả đã có")
    if citizen.words.count("Bạn đã có:") != offered - 1:
        raise Unexpected(f"{offered} results were offered before one was used: {citizen.words[:600]}")
    citizen.look("da-dung")
    steps.fill_draft(citizen, EXTENSION, {}, files, False)
    citizen.sees("Giấy phép xây dựng", "15.000 đ")
    steps.submit(citizen, twice=False)
    citizen.find(steps.CODE)
    citizen.close()


ALL = [guards, reuse]
