// SPDX-License-Identifier: Apache-2.0

import CitizenSite
import Markup
import Site

/// Home, lists, procedure, what there is to read, sign-in.
enum FindingScreens {
    static let all: [ScreenState] = home + ListScreens.all + procedure + ReadingScreens.all + signIn

    // MARK: - Home

    private static let home = [
        ScreenState("trang-chu", "binh-thuong") { HomePage.html(homeModel, in: $0) },
        ScreenState("trang-chu", "chua-co-so-lieu") {
            var model = homeModel
            model.figures = []
            model.figuresAsOf = nil
            return HomePage.html(model, in: $0)
        },
        ScreenState("trang-chu", "bao-tri") {
            var frame = $0
            frame.banners = [
                SiteBanner(
                    tone: .warn,
                    text: "Thanh toán tạm ngừng từ 22:00 ngày 07/03/2026 đến 02:00 ngày 08/03/2026 để bảo trì.",
                    link: NavigationItem("Xem chi tiết", href: "/tro-giup/")
                )
            ]
            return HomePage.html(homeModel, in: frame)
        },
    ]

    static let homeModel = HomePage.Model(
        searchAction: "/thu-tuc",
        lookupAction: "/tra-cuu",
        lifeEvents: [
            .init(
                icon: .birth,
                title: "Có con nhỏ",
                detail: "Khai sinh, bảo hiểm y tế, nhập hộ khẩu",
                href: "/thu-tuc/"
            ),
            .init(icon: .rings, title: "Kết hôn", detail: "Đăng ký kết hôn, xác nhận độc thân", href: "/thu-tuc/"),
            .init(icon: .home, title: "Nhà ở, cư trú", detail: "Thường trú, tạm trú, sửa nhà", href: "/thu-tuc/"),
            .init(icon: .land, title: "Đất đai", detail: "Sổ đỏ, tách thửa, sang tên", href: "/thu-tuc/"),
            .init(icon: .shop, title: "Mở cửa hàng", detail: "Hộ kinh doanh, giấy phép", href: "/thu-tuc/"),
            .init(icon: .road, title: "Xe và lái xe", detail: "Đăng ký xe, đổi bằng lái", href: "/thu-tuc/"),
            .init(icon: .health, title: "Ốm đau, trợ giúp", detail: "Bảo hiểm, người khuyết tật", href: "/thu-tuc/"),
            .init(icon: .document, title: "Giấy tờ, bản sao", detail: "Trích lục, chứng thực", href: "/thu-tuc/"),
        ],
        popular: [
            NavigationItem("Bản sao trích lục hộ tịch", href: "/thu-tuc/2.000635"),
            NavigationItem("Đăng ký khai sinh", href: "/thu-tuc/1.001193"),
        ],
        allProceduresHref: "/thu-tuc",
        sectorsHref: "/linh-vuc",
        figures: [
            .init("98,2 %", "hồ sơ trả đúng hạn hoặc sớm hạn"),
            .init("1,4 ngày", "là thời gian chờ kết quả thường gặp"),
            .init("12.480", "hồ sơ đã trả trong tháng 3"),
        ],
        figuresAsOf: Sample.moment(5, 14, 0),
        statisticsHref: "/thong-ke",
        verifyHref: "/xac-minh",
        officialAddress: "dichvucong.angiang.gov.vn"
    )

    // MARK: - Procedure

    private static let channels: [ProcedurePage.ChannelLine] = [
        .init(
            channel: "Trực tuyến",
            description:
                "Nộp trên Cổng dịch vụ công của tỉnh bằng tài khoản VNeID mức 2; không phải đến cơ quan.",
            timeWord: "Trong ngày làm việc",
            feeWord: "8.000 đ một bản"
        ),
        .init(
            channel: "Tại bộ phận một cửa",
            description: "Nộp tại Trung tâm phục vụ hành chính công của xã, phường nơi đã đăng ký.",
            timeWord: "Trong ngày làm việc",
            feeWord: "8.000 đ một bản"
        ),
        .init(
            channel: "Bưu chính công ích",
            description: "",
            timeWord: "Trong ngày làm việc",
            feeWord: "8.000 đ một bản và cước gửi"
        ),
    ]

    private static func procedureModel(_ start: ProcedurePage.Start) -> ProcedurePage.Model {
        ProcedurePage.Model(
            name: Sample.extract,
            code: "2.000635",
            localCodes: ["AG-HT-07"],
            sectorName: "Hộ tịch",
            summary: "Bản sao có ký số của giấy khai sinh, kết hôn, khai tử và việc hộ tịch khác đã đăng ký.",
            levelWord: "Toàn trình",
            isFullyOnline: true,
            level: LevelScreens.whole,
            cost: CostWords(
                saving: "Bạn tiết kiệm khoảng 793.000 đ mỗi hồ sơ so với trước khi đơn giản hóa thủ tục.",
                detail: "Tính cả công sức, đi lại, giấy tờ và phí: trước đây 1.024.000 đ, nay còn 231.000 đ.",
                source: "Nguồn: bản rà soát, đơn giản hóa thủ tục (chưa đối chiếu)"
            ),
            start: start,
            whoWord: "Công dân có tài khoản VNeID mức 2",
            feeWord: "8.000 đ một bản",
            timeWord: "Trong ngày làm việc; nộp sau 15 giờ thì sáng hôm sau",
            minutesWord: "khoảng 10 phút",
            agencyWord: "UBND cấp xã nơi đã đăng ký",
            resultWord: "Bản điện tử ký số, tải về ngay khi ký xong",
            papers: [
                .init(
                    name: "Tờ khai cấp bản sao trích lục",
                    detail: "Điền ngay trên trang này, không cần in, không cần ký.",
                    isOptional: false,
                    blankHref: "/tep/mau.pdf",
                    sampleHref: "/tep/mau-dien.pdf"
                ),
                .init(
                    name: "Giấy tờ tùy thân hoặc giấy hộ tịch cũ",
                    detail: "Ảnh chụp, nếu còn giữ; giúp tìm sổ nhanh hơn.",
                    isOptional: true
                ),
            ],
            setsWord: "1 bộ",
            sequence: [
                "Người yêu cầu điền tờ khai, nộp hồ sơ và trả lệ phí.",
                "Cán bộ một cửa kiểm tra và tiếp nhận, gửi giấy hẹn.",
                "Công chức tư pháp – hộ tịch tra sổ, lập bản sao trích lục.",
                "Lãnh đạo UBND ký số. Kết quả được trả trên mạng.",
            ],
            channels: channels,
            variants: [
                .init(name: "Còn lưu sổ hộ tịch", timeWord: "Trong ngày làm việc"),
                .init(name: "Phải xác minh ở nơi khác (mã TH02)", timeWord: "3 ngày làm việc"),
            ],
            requirements: ["Việc hộ tịch đã được đăng ký tại cơ quan được yêu cầu."],
            exemptions: ["Người thuộc hộ nghèo, người có công với cách mạng, người khuyết tật."],
            legalBasis: [
                "Luật Hộ tịch số 60/2014/QH13.", "Nghị định 123/2015/NĐ-CP.", "Thông tư 281/2016/TT-BTC về lệ phí.",
            ],
            publishedBy: "Quyết định công bố của UBND tỉnh An Giang",
            crumbs: [Crumb("Trang chủ", href: "/"), Crumb("Hộ tịch", href: "/thu-tuc?lv=ht")]
        )
    }

    private static let procedure = [
        ScreenState("mot-thu-tuc", "nop-duoc") {
            ProcedurePage.html(procedureModel(.online(action: "/thu-tuc/2.000635/nop", key: Sample.key)), in: $0)
        },
        ScreenState("mot-thu-tuc", "co-ban-nhap") {
            let start = ProcedurePage.Start.draft(
                continueHref: "/nop/abc",
                savedWord: "lúc 14:02 hôm qua",
                action: "/thu-tuc/2.000635/nop",
                key: Sample.key
            )
            return ProcedurePage.html(procedureModel(start), in: $0)
        },
        ScreenState("mot-thu-tuc", "dang-doi-chieu") {
            var model = procedureModel(.online(action: "/thu-tuc/2.000635/nop", key: Sample.key))
            model.unverifiedCount = 11
            return ProcedurePage.html(model, in: $0)
        },
        ScreenState("mot-thu-tuc", "tieng-anh") {
            var model = procedureModel(.online(action: "/thu-tuc/2.000635/nop", key: Sample.key))
            model.english = ProcedurePage.English(
                name: "Issue of a copy of an extract from the civil status register",
                summary: "Get a copy of the extract of a registered birth, marriage, death or other event.",
                papers: Dictionary(
                    model.papers.map { ($0.name, "Certified letter of authorisation") },
                    uniquingKeysWith: { first, _ in first }
                ),
                isShown: true,
                otherHref: "/thu-tuc/2.000635"
            )
            return ProcedurePage.html(model, in: $0)
        },
        ScreenState("mot-thu-tuc", "tai-quay") {
            var model = procedureModel(
                .atDesk(
                    reason: "Việc này cần xuất trình bản chính sổ cũ để đối chiếu.",
                    place: "Bộ phận một cửa UBND phường Rạch Giá, giờ làm việc 7:00–11:00 và 13:00–17:00."
                )
            )
            model.isFullyOnline = false
            model.levelWord = "Một phần"
            model.level = LevelScreens.partial
            model.cost = nil
            return ProcedurePage.html(model, in: $0)
        },
        ScreenState("mot-thu-tuc", "tam-ngung") {
            ProcedurePage.html(
                procedureModel(.suspended(reason: "Đang chuyển sổ hộ tịch sang hệ thống mới, mở lại ngày 16/03/2026.")),
                in: $0
            )
        },
    ]

    // MARK: - Sign-in

    private static func signInModel(_ failure: SignInFailure?) -> SignInPage.Model {
        SignInPage.Model(
            taskName: "Đăng nhập để nộp hồ sơ \(Sample.extract).",
            returnTo: "/thu-tuc/2.000635",
            methods: [
                .init(
                    label: "Đăng nhập bằng VNeID",
                    hint: "Họ tên, số định danh và nơi ở được điền sẵn.",
                    action: "/dang-nhap/vneid"
                )
            ],
            phoneHref: failure == .levelTooLow ? nil : "/dang-nhap/dien-thoai",
            failure: failure
        )
    }

    private static let signIn = [
        ScreenState("dang-nhap", "lan-dau") { SignInPage.html(signInModel(nil), in: $0) },
        ScreenState("dang-nhap", "da-dung") { SignInPage.html(signInModel(.cancelled), in: $0) },
        ScreenState("dang-nhap", "muc-thap", status: 403) { SignInPage.html(signInModel(.levelTooLow), in: $0) },
        ScreenState("dang-nhap", "tam-khoa", status: 429) {
            SignInPage.html(signInModel(.locked(minutes: 15)), in: $0)
        },
        ScreenState("dang-nhap", "qua-gio") { SignInPage.html(signInModel(.expired), in: $0) },
        ScreenState("dang-nhap", "khong-tra-loi", status: 503) { SignInPage.html(signInModel(.unavailable), in: $0) },
        ScreenState("dang-nhap", "trinh-duyet-khac", status: 422) {
            SignInPage.html(signInModel(.otherBrowser), in: $0)
        },
        ScreenState("dang-nhap", "dung-lai", status: 422) { SignInPage.html(signInModel(.used), in: $0) },
        ScreenState("dang-nhap", "khong-tin", status: 502) { SignInPage.html(signInModel(.untrusted), in: $0) },
        ScreenState("dang-nhap", "lech-gio", status: 502) { SignInPage.html(signInModel(.clock), in: $0) },
        ScreenState("dang-nhap", "thieu-thong-tin", status: 502) {
            SignInPage.html(signInModel(.claimMissing), in: $0)
        },
        ScreenState("dang-nhap", "to-chuc", status: 403) { SignInPage.html(signInModel(.organisation), in: $0) },
        ScreenState("dang-nhap", "khong-khop", status: 409) { SignInPage.html(signInModel(.conflict), in: $0) },
        ScreenState("dang-nhap", "het-phien") { SignInPage.html(signInModel(.sessionEnded), in: $0) },
    ]
}
