// SPDX-License-Identifier: Apache-2.0

import CitizenSite
import Kernel
import Markup

/// Look-up, tracking, withdraw, account, supplement.
enum TrackingScreens {
    static let all: [ScreenState] = lookup + tracking + withdraw + account + supplement

    private static func lookupPage(_ typed: String, _ outcome: LookupPage.Outcome) -> @Sendable (PageFrame) -> HTML {
        {
            LookupPage.html(
                LookupPage.Model(action: "/tra-cuu", typed: typed, outcome: outcome, accountHref: "/tai-khoan"),
                in: $0
            )
        }
    }

    private static let lookup = [
        ScreenState("tra-cuu", "moi", draw: lookupPage("", .none)),
        ScreenState("tra-cuu", "go-sai", status: 422, draw: lookupPage("H01 30337", .malformed)),
        ScreenState("tra-cuu", "khong-co", status: 404, draw: lookupPage("H01.30337-260305-9999", .notFound)),
        ScreenState("tra-cuu", "qua-nhieu", status: 429, draw: lookupPage("", .limited(retryAfterMinutes: 10))),
    ]

    // MARK: - Tracking

    private static let stages: [TimelineStage] = [
        TimelineStage("Đã nộp", state: .past, detail: "14:04 ngày 05/03/2026"),
        TimelineStage("Đã tiếp nhận", state: .past, detail: "Bộ phận một cửa \(Sample.ward) · 14:32 ngày 05/03/2026"),
        TimelineStage(
            "Đang giải quyết",
            state: .current,
            detail: "Công chức tư pháp – hộ tịch, từ 14:32 ngày 05/03/2026",
            note: "<p>Đang tra sổ và lập bản sao.</p>"
        ),
        TimelineStage("Ký kết quả", state: .next),
        TimelineStage("Trả kết quả", state: .next, detail: "Hẹn 10:00 ngày 06/03/2026"),
    ]

    private static func view(_ chip: DeadlineChip, isLate: Bool = false, isReceived: Bool = true)
        -> TrackingPage.PublicView
    {
        TrackingPage.PublicView(
            procedureName: Sample.extract,
            agencyName: Sample.ward,
            holderName: isReceived ? "Công chức tư pháp – hộ tịch" : "Bộ phận một cửa",
            since: Sample.moment(5, 14, 32),
            dueAt: isReceived ? Sample.moment(isLate ? 10 : 6, 10, 0) : nil,
            deadline: chip,
            firstDueAt: isLate ? Sample.moment(6, 10, 0) : nil,
            stages: stages
        )
    }

    private static var lengthened: TrackingPage.PublicView {
        var view = view(.left(workingDays: 3))
        view.firstDueAt = Sample.moment(6, 10, 0)
        view.dueAt = Sample.moment(11, 17, 0)
        view.movedWord = "phải xác minh, theo Luật Hộ tịch số 60/2014/QH13, Điều 28"
        return view
    }

    private static var allPast: TrackingPage.PublicView {
        var view = view(.over)
        view.stages = stages.map {
            TimelineStage($0.title, state: .past, detail: $0.state == .next ? "09:12 ngày 06/03/2026" : $0.detail)
        }
        view.holderName = nil
        return view
    }

    private static func page(
        _ word: String,
        _ tone: PartTone,
        _ passed: Int,
        _ access: TrackingPage.Access
    ) -> @Sendable (PageFrame) -> HTML {
        {
            TrackingPage.html(
                TrackingPage.Model(
                    code: Sample.code,
                    statusWord: word,
                    statusTone: tone,
                    stagesPassed: passed,
                    stagesInAll: 5,
                    access: access,
                    lookupHref: "/tra-cuu"
                ),
                in: $0
            )
        }
    }

    private static let slip = TrackingPage.DownloadLine(
        label: "Tải giấy tiếp nhận",
        href: "/tep/a.pdf",
        detail: "PDF, ký số"
    )
    private static let confirmation = TrackingPage.DownloadLine(
        label: "Tải xác nhận đã nộp",
        href: "/tep/b.pdf",
        detail: "PDF"
    )
    private static let result = TrackingPage.DownloadLine(
        label: "Tải bản sao trích lục khai sinh",
        href: "/tep/kq.pdf",
        detail: "PDF, ký số"
    )

    private static let tracking = [
        ScreenState("ho-so", "chi-co-ma", draw: page("Đang xử lý", .info, 2, .codeOnly(signInHref: "/dang-nhap"))),
        ScreenState(
            "ho-so",
            "tu-giay-hen",
            draw: page("Đang xử lý", .info, 2, .slip(view(.left(workingDays: 1)), signInHref: "/dang-nhap"))
        ),
        ScreenState(
            "ho-so",
            "cua-toi",
            draw: page(
                "Đang xử lý",
                .info,
                2,
                .own(
                    view(.left(workingDays: 1)),
                    .init(
                        downloads: [slip, confirmation],
                        withdrawHref: "/ho-so/x/rut",
                        notices: ["14:32 ngày 05/03/2026: đã tiếp nhận hồ sơ (tin nhắn, thư)"]
                    )
                )
            )
        ),
        ScreenState(
            "ho-so",
            "can-bo-sung",
            draw: page(
                "Cần bổ sung",
                .warn,
                1,
                .own(
                    view(.pausedForSupplement),
                    .init(
                        urgent: .init(text: "Cần bổ sung 2 chỗ", label: "Bổ sung hồ sơ", href: "/ho-so/x/bo-sung"),
                        downloads: [confirmation],
                        withdrawHref: "/ho-so/x/rut"
                    )
                )
            )
        ),
        ScreenState(
            "ho-so",
            "cho-tra-tien",
            draw: page(
                "Mới nộp",
                .neutral,
                1,
                .own(
                    view(.notReceived, isReceived: false),
                    .init(
                        urgent: .init(text: "Còn phải trả 16.000 đ", label: "Thanh toán", href: "/nop/abc/thanh-toan"),
                        downloads: [confirmation],
                        withdrawHref: "/ho-so/x/rut"
                    )
                )
            )
        ),
        ScreenState(
            "ho-so",
            "keo-dai",
            draw: page("Đang xử lý", .info, 2, .slip(lengthened, signInHref: "/dang-nhap"))
        ),
        ScreenState(
            "ho-so",
            "qua-han",
            draw: page(
                "Đang xử lý",
                .info,
                2,
                .slip(view(.overdue(workingDays: 2), isLate: true), signInHref: "/dang-nhap")
            )
        ),
        ScreenState(
            "ho-so",
            "co-ket-qua",
            draw: page("Đã có kết quả", .ok, 5, .own(allPast, .init(result: result, downloads: [slip, confirmation])))
        ),
        ScreenState(
            "ho-so",
            "khong-nhan",
            draw: page("Không được tiếp nhận", .bad, 1, .own(view(.over), .init(downloads: [confirmation])))
        ),
        ScreenState("ho-so", "da-rut", draw: page("Đã rút", .neutral, 1, .codeOnly(signInHref: "/dang-nhap"))),
    ]

    private static let withdraw = [
        ScreenState("rut-ho-so", "hoi-lai") {
            WithdrawPage.html(
                WithdrawPage.Model(
                    code: Sample.code,
                    procedureName: Sample.extract,
                    moneyWord: "Lệ phí 16.000 đ đã trả sẽ được hoàn về tài khoản đã dùng.",
                    reason: "",
                    action: "/ho-so/x/rut",
                    key: Sample.key,
                    version: 4,
                    backHref: "/ho-so/x"
                ),
                in: $0
            )
        },
        ScreenState("rut-ho-so", "qua-dai", status: 422) {
            WithdrawPage.html(
                WithdrawPage.Model(
                    code: Sample.code,
                    procedureName: Sample.extract,
                    reason: String(repeating: "dài ", count: 130),
                    reasonError: "Lý do không quá 500 ký tự",
                    action: "/ho-so/x/rut",
                    key: Sample.key,
                    version: 4,
                    backHref: "/ho-so/x"
                ),
                in: $0
            )
        },
    ]

    // MARK: - Account

    private static let accountFull = AccountPage.Model(
        name: "Trần Thị Bích Hằng",
        needsMe: [
            .init(
                procedureName: Sample.birth,
                code: "H01.30337-260303-0017",
                statusWord: "Cần bổ sung",
                statusTone: .warn,
                detail: "2 chỗ, gửi trước 17:00 ngày 12/03/2026",
                href: "/ho-so/y/bo-sung",
                actLabel: "Bổ sung hồ sơ"
            ),
            .init(
                procedureName: Sample.extract,
                code: "H01.30337-260305-0001",
                statusWord: "Chờ thanh toán",
                statusTone: .warn,
                detail: "16.000 đ",
                href: "/nop/abc/thanh-toan",
                actLabel: "Thanh toán"
            ),
        ],
        drafts: [
            .init(
                procedureName: "Xác nhận tình trạng hôn nhân",
                statusWord: "Chưa nộp, còn 5 ngày",
                statusTone: .warn,
                detail: "Lưu lúc 14:02 hôm qua, giữ đến 03/06/2026",
                href: "/nop/def",
                actLabel: "Tiếp tục"
            )
        ],
        processing: [
            .init(
                procedureName: Sample.extract,
                code: "H01.30337-260304-0009",
                statusWord: "Đang xử lý",
                statusTone: .info,
                detail: "Hẹn trả 10:00 ngày 06/03/2026",
                href: "/ho-so/z"
            )
        ],
        finished: [
            .init(
                procedureName: Sample.extract,
                code: "H01.30337-260112-0031",
                statusWord: "Đã có kết quả",
                statusTone: .ok,
                detail: "Trả ngày 13/01/2026",
                href: "/ho-so/w",
                actLabel: "Tải kết quả"
            )
        ],
        nextHref: "?sau=1",
        proceduresHref: "/thu-tuc"
    )

    private static let account = [
        ScreenState("tai-khoan", "can-lam") { AccountPage.html(accountFull, in: $0) },
        ScreenState("tai-khoan", "trong") {
            AccountPage.html(
                AccountPage.Model(
                    name: "Trần Thị Bích Hằng",
                    needsMe: [],
                    drafts: [],
                    processing: [],
                    finished: [],
                    proceduresHref: "/thu-tuc"
                ),
                in: $0
            )
        },
        ScreenState("tai-khoan", "thay-mat") {
            var model = accountFull
            model.actingFor = "Hộ kinh doanh Bích Hằng"
            model.flash = "Đã rút hồ sơ H01.30337-260305-0001."
            model.dataLinks = [NavigationItem("Ai đã xem dữ liệu của tôi", href: "/tai-khoan/ai-da-xem")]
            model.needsMe = []
            return AccountPage.html(model, in: $0)
        },
    ]

    // MARK: - Supplement

    private static func supplementModel(
        _ state: SupplementPage.State,
        isPartDone: Bool,
        unfinished: [PaperFiles.Unfinished] = [],
        error: String? = nil
    ) -> SupplementPage.Model {
        SupplementPage.Model(
            code: Sample.otherCode,
            procedureName: Sample.birth,
            askedBy: "Bộ phận một cửa \(Sample.ward)",
            askedAt: Sample.moment(4, 9, 20),
            answerBy: Sample.moment(12, 17, 0),
            clockWord: "Thời hạn giải quyết tính lại từ đầu khi hồ sơ đủ.",
            defects: [
                .init(
                    id: "d1",
                    subject: "Họ và tên của trẻ",
                    reason: "Tên trên tờ khai khác tên trên giấy chứng sinh. Ghi đúng theo giấy chứng sinh.",
                    isMended: isPartDone,
                    editHref: "/ho-so/y/bo-sung/child_name",
                    answerWord: isPartDone ? "Nguyễn Trần Minh An" : nil,
                    explanation: ""
                ),
                .init(
                    id: "d2",
                    subject: "Giấy chứng sinh",
                    reason: "Ảnh mờ, không đọc được số giấy. Chụp lại nơi đủ sáng, thấy cả bốn góc.",
                    isMended: isPartDone && error == nil,
                    paper: PaperFiles(
                        id: "birth_notice",
                        name: "Giấy chứng sinh",
                        files: isPartDone && error == nil ? DocumentScreens.photos : [],
                        unfinished: unfinished,
                        error: error,
                        limitBytes: 25_000_000,
                        uploadAction: "/ho-so/y/bo-sung/tep",
                        resumeAction: "/ho-so/y/bo-sung/tep/tai-len",
                        joinAction: isPartDone && error == nil ? "/ho-so/y/bo-sung/tep/gop" : nil,
                        reuse: isPartDone ? nil : DocumentScreens.elsewhere
                    ),
                    explanation: "",
                    error: error
                ),
            ],
            state: state,
            noticeHref: "/tep/phieu.pdf",
            action: "/ho-so/y/bo-sung",
            key: Sample.key,
            version: 5,
            backHref: "/ho-so/y"
        )
    }

    private static let supplement = [
        ScreenState("bo-sung", "moi") { SupplementPage.html(supplementModel(.open, isPartDone: false), in: $0) },
        ScreenState("bo-sung", "dang-lam") { SupplementPage.html(supplementModel(.open, isPartDone: true), in: $0) },
        ScreenState("bo-sung", "tai-do") {
            SupplementPage.html(supplementModel(.open, isPartDone: false, unfinished: DocumentScreens.halfway), in: $0)
        },
        ScreenState("bo-sung", "chua-du", status: 422) {
            SupplementPage.html(
                supplementModel(
                    .open,
                    isPartDone: true,
                    error: "Chọn ảnh giấy chứng sinh, hoặc ghi lý do không bổ sung được"
                ),
                in: $0
            )
        },
        ScreenState("bo-sung", "da-gui") {
            SupplementPage.html(supplementModel(.sent(at: Sample.moment(6, 8, 10)), isPartDone: true), in: $0)
        },
        ScreenState("bo-sung", "het-han") {
            SupplementPage.html(supplementModel(.over(at: Sample.moment(12, 17, 0)), isPartDone: false), in: $0)
        },
    ]
}
