# SPDX-License-Identifier: Apache-2.0
"""Finding a service without knowing its name: turns of life, sectors, facets, other words, guides; and in print."""
import json
import subprocess
import tempfile
import urllib.parse

from person import BrowserPerson, Unexpected

BIRTH = "Đăng ký khai sinh"


def opened(person, title, choice):
    """Opens a facet and follows one of its choices."""
    person.page.locator("summary", has_text=title).first.click()
    person.click(choice)


def wander(gate, demo, files, phone, script):
    """From home by clicks alone, by what people say, and to the paper."""
    reader = BrowserPerson(gate, demo, "reader", phone, script)
    reader.go("/")
    reader.click("Nhà ở và cư trú")
    reader.sees("Nhà ở và cư trú:", "Đăng ký thường trú", "7 ngày làm việc")
    reader.look("viec-trong-doi")
    reader.go("/")
    reader.click("Thủ tục theo lĩnh vực")
    reader.look("linh-vuc")
    reader.click("Hộ tịch")
    reader.sees("Hộ tịch:", BIRTH, "Toàn trình", "Miễn lệ phí")
    opened(reader, "Phí, lệ phí", "Có thu phí")
    reader.sees("Cấp bản sao trích lục hộ tịch")
    if BIRTH in reader.words:
        raise Unexpected("what is free stands among what costs something")
    asked = urllib.parse.urlsplit(reader.url).query
    if asked != "linh-vuc=ho-tich&phi=co-thu-phi-hoac-le-phi":
        raise Unexpected(f"the address says {asked}")
    reader.look("da-loc")
    words = reader.words
    reader.go(reader.url)
    if reader.words != words:
        raise Unexpected("the same address gives another list")
    reader.click("Bỏ các điều kiện lọc")
    for typed, name in (("làm giấy khai sinh cho con", BIRTH), ("mo tiem", "Đăng ký thành lập hộ kinh doanh"),
                        ("dang ky khai sihn", BIRTH)):
        reader.fill("Tên thủ tục hoặc việc cần làm", typed)
        reader.press("Tìm")
        reader.sees(name)
    reader.fill("Tên thủ tục hoặc việc cần làm", "xyzzy plugh")
    reader.press("Tìm")
    reader.sees("0 thủ tục", "1022")
    reader.look("khong-co")
    reading(reader)
    printed(reader)


def reading(reader):
    """From the procedure to its guide, the questions and the news."""
    reader.go("/thu-tuc/1.001193")
    data = json.loads(reader.page.locator("script[type='application/ld+json']").text_content())
    if (data["@type"], data["name"]) != ("GovernmentService", BIRTH):
        raise Unexpected(f"search engines are told {data}")
    reader.look("thu-tuc")
    reader.click("Đăng ký khai sinh trên mạng")
    reader.sees("Giấy chứng sinh", "Các bước", "Thủ tục liên quan")
    reader.look("huong-dan")
    reader.click("Hỏi đáp")
    reader.page.locator("summary", has_text="Không có giấy chứng sinh").click()
    reader.sees("người làm chứng")
    reader.look("hoi-dap")
    reader.click("Tin tức")
    reader.click("Tìm thủ tục theo lĩnh vực")
    reader.sees("mở tiệm")


def printed(reader):
    """The page for printing holds everything that the page says, and no button."""
    reader.go("/thu-tuc/2.000635")
    reader.click("Bản để in trang này")
    if reader.offers("Nộp hồ sơ") or reader.offers("Trợ giúp"):
        raise Unexpected("the page for printing has buttons")
    reader.sees("Căn cứ pháp lý", "Luật Hộ tịch", "Giấy tờ cần có")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        reader.page.pdf(path=file.name, format="A4", print_background=True)
        read = subprocess.run(["pdftotext", "-layout", file.name, "-"], capture_output=True, text=True, check=True)
    for words in ("Cấp bản sao trích lục hộ tịch", "2.000635", "Luật Hộ tịch", "8.000"):
        if words not in read.stdout:
            raise Unexpected(f"“{words}” is missing in print")


ALL = (wander,)
