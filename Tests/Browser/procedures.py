# SPDX-License-Identifier: Apache-2.0
"""Five procedures as their people meet them, described once; chapters_procedures.py walks them, result.py judges."""
import datetime

from steps import DECLARATION, Answers, Procedure

# The product's own clock is Vietnam's.
TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))).date()


def boxes(day):
    """A day as the three boxes of a date take it."""
    return day.day, day.month, day.year


def printed(day):
    return day.strftime("%d/%m/%Y")


COMMUNE = "Ủy ban nhân dân xã An Phú"
ADDRESS = "Số 12, ấp Trung, xã An Phú, tỉnh An Giang"
STARTS = TODAY + datetime.timedelta(days=10)
BORN = datetime.date(2025, 9, 2)
BORN_IN_WORDS = "Ngày hai tháng chín năm hai nghìn không trăm hai mươi lăm"

BIRTH = Procedure(
    code="1.001193",
    typed="lam khai sinh cho con",
    name="Đăng ký khai sinh",
    citizen="Neáng Sa Ri",
    form=Answers(
        fields={
            "Họ và tên của trẻ": "Chau Minh Khôi",
            "Dân tộc của trẻ": "Khmer",
            "Quốc tịch của trẻ": "Việt Nam",
            "Nơi sinh": "Bệnh viện đa khoa khu vực Châu Đốc",
            "Quê quán của trẻ": "Xã Tri Tôn, tỉnh An Giang",
            "Họ và tên của mẹ": "Neáng Sa Ri",
            "Dân tộc của mẹ": "Khmer",
            "Quốc tịch của mẹ": "Việt Nam",
            "Nơi cư trú của mẹ": "Ấp An Thuận, xã Tri Tôn",
            DECLARATION: "1",
        },
        dates={"Ngày sinh của trẻ": boxes(BORN), "Ngày sinh của mẹ": (1, 12, 1995)},
        choices={
            "Nơi giải quyết": COMMUNE,
            "Cách nhận kết quả": "Nhận bản điện tử",
            "Là gì của trẻ": "Mẹ",
            "Giới tính của trẻ": "Nam",
            "Trẻ có giấy chứng sinh không?": "Có",
            "Có khai thông tin về cha của trẻ không?": "Không",
        },
    ),
    papers={"Giấy chứng sinh": "photo"},
    price="Miễn lệ phí",
    # Registered late, which the council's charge is for.
    fee=("Lệ phí đăng ký khai sinh", "Hội đồng nhân dân tỉnh quy định"),
    pays=None,
    officers=(
        ("anphu.motcua", "receive"),
        ("anphu.hotich2", "draft"),
        ("anphu.chutich", "sign"),
        ("anphu.motcua", "deliver"),
    ),
    draft_button="Trình ký",
    draft=Answers(
        fields={
            "Số định danh cá nhân của trẻ": "089225000201",
            "Ngày sinh ghi bằng chữ": BORN_IN_WORDS,
            "Quyển số": "01/2026",
        },
        dates={"Ngày đăng ký": boxes(TODAY)},
    ),
    result="Giấy khai sinh",
    printed=(
        "GIẤY KHAI SINH", "Chau Minh Khôi", printed(BORN), BORN_IN_WORDS, "Khmer", "Neáng Sa Ri", "01/2026",
        "Phạm Minh Đức",
    ),
)

CERTIFIED_COPY = Procedure(
    code="2.000815",
    typed="sao y ban chinh",
    name="Chứng thực bản sao từ bản chính",
    citizen="Huỳnh Ngọc Diễm Quỳnh",
    form=Answers(
        fields={
            "Tên giấy tờ": "Bằng tốt nghiệp đại học",
            "Tên người hoặc tổ chức ghi trên giấy tờ": "Huỳnh Ngọc Diễm Quỳnh",
            "Cơ quan, tổ chức cấp": "Trường Đại học An Giang",
            "Số trang của bản chính": "5",
            "Số bản cần chứng thực": "3",
            DECLARATION: "1",
        },
        dates={"Ngày cấp": (15, 8, 2023)},
        choices={
            "Nơi giải quyết": COMMUNE,
            "Cách nhận kết quả": "Nhận tại",
            "Giấy tờ do cơ quan nước ngoài cấp?": "Không",
        },
    ),
    papers={"Bản chính giấy tờ cần chứng thực bản sao": "pdf"},
    price="Phí 2.000 đ một trang, từ trang thứ 3 là 1.000 đ, nhiều nhất 200.000 đ một bản",
    fee=("Phí chứng thực bản sao từ bản chính", "3 bản", "5 trang", "mỗi bản", "7.000 đ", "21.000 đ"),
    pays="21.000 đ",
    officers=(
        ("anphu.motcua", "receive"),
        ("anphu.hotich1", "draft"),
        ("anphu.phochutich", "sign"),
        ("anphu.motcua", "deliver"),
    ),
    draft_button="Trình ký",
    draft=Answers(
        fields={
            "Số trang đã đối chiếu": "5",
            "Số bản chứng thực": "3",
            "Quyển số": "01/2026-SCT/BS",
        },
        dates={"Ngày chứng thực": boxes(TODAY)},
    ),
    result="Bản sao được chứng thực từ bản chính",
    printed=(
        "LỜI CHỨNG CHỨNG THỰC BẢN SAO TỪ BẢN CHÍNH", "Bằng tốt nghiệp đại học", "Bản chính có 5 trang",
        "3 bản", "01/2026-SCT/BS", printed(TODAY), "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Võ Thị Kim Loan",
    ),
)

CORRECTION = Procedure(
    code="1.004859",
    typed="cai chinh ho tich",
    name="Thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc",
    citizen="Neáng Sa Ri",
    form=Answers(
        fields={
            "Cơ quan đã đăng ký": COMMUNE,
            "Nội dung đề nghị ghi": "Quê quán: xã Tri Tôn, tỉnh An Giang",
            "Lý do": "Khi đăng ký chưa khai quê quán.",
            DECLARATION: "1",
        },
        choices={
            "Nơi giải quyết": COMMUNE,
            "Cách nhận kết quả": "Nhận bản điện tử",
            "Sửa hộ tịch cho ai?": "Cho tôi",
            "Loại giấy tờ hộ tịch": "Giấy khai sinh",
            "Yêu cầu": "Bổ sung nội dung còn thiếu",
        },
    ),
    papers={"Giấy tờ chứng minh việc thay đổi": "photo"},
    price="Lệ phí do Hội đồng nhân dân tỉnh quy định",
    fee=("Hội đồng nhân dân tỉnh quy định",),
    pays=None,
    officers=(("anphu.motcua", "receive"), ("anphu.hotich1", "draft"), ("anphu.chutich", "sign")),
    draft_button="Trình ký",
    draft=Answers(),
    result="Trích lục",
    printed=(),
)

HOUSEHOLD_BUSINESS = Procedure(
    code="1.001612",
    typed="mo quan",
    name="Đăng ký thành lập hộ kinh doanh",
    citizen="Đỗ Thị Kim Yến",
    form=Answers(
        fields={
            "Tên hộ kinh doanh": "Hộ kinh doanh Quán Kim Yến",
            "Số nhà, đường, ấp, khóm": "Số 12, ấp Trung",
            "Ngành, nghề kinh doanh": "Nhà hàng, quán ăn\nBán lẻ đồ uống",
            "Vốn kinh doanh": "50.000.000",
            "Số lao động dự kiến": "3",
            DECLARATION: "1",
        },
        dates={"Ngày bắt đầu hoạt động": boxes(STARTS)},
        choices={
            "Nơi giải quyết": COMMUNE,
            "Cách nhận kết quả": "Nhận bản điện tử",
            "Xã, phường, đặc khu": "Xã An Phú",
            "Hộ kinh doanh do ai thành lập?": "Các thành viên hộ gia đình",
            "Có ngành, nghề kinh doanh có điều kiện không?": "Không",
        },
        rows=(
            (
                "Thành viên",
                {"Họ và tên thành viên": "Lê Văn Hòa", "Số định danh của thành viên": "089054000111"},
                {"Họ và tên thành viên": "Lê Thị Sen", "Số định danh của thành viên": "089180000222"},
            ),
        ),
    ),
    papers={"Biên bản họp thành viên hộ gia đình": "pdf", "Văn bản ủy quyền cho một thành viên": "photo"},
    price="Miễn lệ phí",
    fee=("Lệ phí đăng ký hộ kinh doanh", "Miễn lệ phí"),
    pays=None,
    officers=(
        ("anphu.motcua", "receive"),
        ("anphu.kinhte", "draft"),
        ("anphu.chutich", "sign"),
        ("anphu.motcua", "deliver"),
    ),
    draft_button="Trình ký",
    draft=Answers(
        fields={
            "Mã số hộ kinh doanh": "091154000111",
            "Ngành, nghề được đăng ký": "5610 - Nhà hàng, quán ăn\n4723 - Bán lẻ đồ uống",
        },
        dates={"Ngày đăng ký lần đầu": boxes(TODAY)},
    ),
    result="Giấy chứng nhận đăng ký hộ kinh doanh",
    printed=(
        "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH", "Hộ kinh doanh Quán Kim Yến", ADDRESS, "50.000.000 đ",
        "Năm mươi triệu đồng", printed(STARTS), "5610 - Nhà hàng, quán ăn", "4723 - Bán lẻ đồ uống",
        "Lê Văn Hòa", "Lê Thị Sen", "Phạm Minh Đức",
    ),
)

RESIDENCE = Procedure(
    code="1.004222",
    typed="nhap ho khau",
    name="Đăng ký thường trú",
    citizen="Danh Thành Đạt",
    form=Answers(
        fields={
            "Số nhà, đường, ấp, khóm": "Số 12, ấp Trung",
            "Họ và tên chủ hộ": "Danh Thành Đạt",
            "Số định danh cá nhân của chủ hộ": "091083000107",
            DECLARATION: "1",
        },
        choices={
            "Nơi giải quyết": "Công an xã An Phú",
            "Cách nhận kết quả": "Nhận bản điện tử",
            "Xã, phường, đặc khu": "Xã An Phú",
            "Đăng ký thường trú cho ai?": "Cho tôi",
            "Chỗ ở này là": "Nhà của tôi",
            "Quan hệ với chủ hộ": "Là chủ hộ",
            "thuộc trường hợp được miễn lệ phí": "Không thuộc trường hợp nào",
        },
    ),
    papers={"chứng minh chỗ ở hợp pháp": "photo"},
    price="Lệ phí 10.000 đ",
    fee=("Lệ phí đăng ký thường trú", "10.000 đ"),
    pays="10.000 đ",
    officers=(
        ("anphu.congan.tiepnhan", "receive"),
        ("anphu.congan.cutru", "advance", "Chuyển xác minh nơi ở"),
        ("anphu.congan.cutru", "draft"),
        ("anphu.congan.truong", "sign"),
        ("anphu.congan.tiepnhan", "deliver"),
    ),
    draft_button="Trình ký",
    draft=Answers(
        fields={
            "Họ và tên người được đăng ký": "Danh Thành Đạt",
            "Số định danh cá nhân": "091083000107",
            "Nơi thường trú": ADDRESS,
        },
        dates={"Ngày đăng ký thường trú": boxes(TODAY)},
    ),
    result="Thông báo kết quả đăng ký thường trú",
    printed=(
        "THÔNG BÁO KẾT QUẢ ĐĂNG KÝ THƯỜNG TRÚ", "Kính gửi: Danh Thành Đạt", "091 083 000 107", ADDRESS, "Là chủ hộ",
        printed(TODAY), "Nguyễn Văn Hải",
    ),
)

BUILDING_PERMIT = Procedure(
    code="1.013225",
    typed="xin phep xay nha",
    name="Cấp giấy phép xây dựng mới đối với công trình cấp III, cấp IV và nhà ở riêng lẻ",
    citizen="Mahomad Saleh",
    form=Answers(
        fields={
            "Thửa đất số": "123",
            "Tờ bản đồ số": "45",
            "Diện tích lô đất": "250",
            "Địa điểm xây dựng": ADDRESS,
            "Số giấy chứng nhận quyền sử dụng đất": "AB 123456",
            "Số tầng nổi": "2",
            "Số tầng hầm": "0",
            "Diện tích xây dựng tầng 1": "90",
            "Tổng diện tích sàn": "180",
            "Chiều cao công trình": "7,8",
            "Người hoặc tổ chức thiết kế": "Công ty tư vấn xây dựng mẫu",
            "Dự kiến xây trong mấy tháng": "6",
            DECLARATION: "1",
        },
        choices={
            "Cách nhận kết quả": "Nhận bản điện tử",
            "có phải là chủ đầu tư": "Có",
            "Loại nhà": "Nhà liền kề",
            "Có nhà, công trình liền kề không?": "Có",
        },
    ),
    papers={
        "Giấy tờ chứng minh quyền sử dụng đất": "photo",
        "Bản vẽ thiết kế xây dựng": "drawing",
        "Bản cam kết bảo đảm an toàn": "pdf",
    },
    price="Lệ phí 50.000 đ",
    fee=("Lệ phí cấp giấy phép xây dựng nhà ở riêng lẻ", "50.000 đ"),
    pays="50.000 đ",
    officers=(
        ("soxaydung.motcua", "receive"),
        ("soxaydung.capphep", "advance", "Chuyển kiểm tra thực địa"),
        ("soxaydung.capphep", "draft"),
        ("soxaydung.truongphong", "check", "Trình ký"),
        ("soxaydung.phogiamdoc", "sign"),
        ("soxaydung.motcua", "deliver"),
    ),
    draft_button="Trình trưởng phòng",
    draft=Answers(
        fields={
            "Cấp cho (chủ đầu tư)": "Mahomad Saleh",
            "Địa chỉ của chủ đầu tư": "Ấp Búng Lớn, xã Nhơn Hội, tỉnh An Giang",
            "Kết quả kiểm tra thực địa": "Lô đất đúng ranh, chưa khởi công.",
            "Ý kiến của đơn vị liên quan": "Công an phòng cháy, công văn 15/PC",
            "Chỉ giới xây dựng": "Cách tim đường 6 m",
            "Cốt nền xây dựng": "Cao hơn vỉa hè 0,2 m",
            "Mật độ xây dựng": "36 %, hệ số 0,72",
        },
        dates={"Ngày kiểm tra thực địa": boxes(TODAY)},
    ),
    result="Giấy phép xây dựng",
    printed=(
        "GIẤY PHÉP XÂY DỰNG", "Mahomad Saleh", "123, 45", "250 m²", "Nhà liền kề", "7,8 m", "Cách tim đường 6 m",
        "Cao hơn vỉa hè 0,2 m", "AB 123456", "Công an phòng cháy, công văn 15/PC", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC",
        "Tô Thị Minh Châu",
    ),
)

ALL = (BIRTH, CERTIFIED_COPY, HOUSEHOLD_BUSINESS, RESIDENCE, BUILDING_PERMIT)
