// SPDX-License-Identifier: Apache-2.0

import CitizenSite
import Kernel
import Markup

/// Verification, figures, information, errors.
enum PublicScreens {
    static let all: [ScreenState] = verify + statistics + information + errors

    private static func verifyPage(_ outcome: VerifyPage.Outcome) -> @Sendable (PageFrame) -> HTML {
        {
            VerifyPage.html(
                VerifyPage.Model(
                    outcome: outcome,
                    typedCode: "",
                    codeAction: "/xac-minh",
                    fileAction: "/xac-minh/tep",
                    fileLimitBytes: 25_000_000
                ),
                in: $0
            )
        }
    }

    private static func genuine(isFileChecked: Bool) -> VerifyPage.GenuineView {
        VerifyPage.GenuineView(
            kindName: "Bản sao trích lục khai sinh",
            number: "118/TLKS-BS",
            agencyName: Sample.ward,
            signedAt: Sample.moment(6, 9, 12),
            subjectMasked: "N. T. M. A.",
            signatures: [
                .init(
                    signerName: "Lê Văn Thành",
                    organisationName: Sample.ward,
                    timestampedAt: Sample.moment(6, 9, 12),
                    issuerName: "CA thử nghiệm"
                )
            ],
            isFileChecked: isFileChecked
        )
    }

    private static let verify = [
        ScreenState("xac-minh", "moi", draw: verifyPage(.none)),
        ScreenState("xac-minh", "that-theo-ma", draw: verifyPage(.genuine(genuine(isFileChecked: false)))),
        ScreenState("xac-minh", "that-theo-tep", draw: verifyPage(.genuine(genuine(isFileChecked: true)))),
        ScreenState(
            "xac-minh",
            "da-thay-the",
            draw: verifyPage(.replaced(genuine(isFileChecked: false), reason: "Bản mới cấp ngày 10/03/2026."))
        ),
        ScreenState(
            "xac-minh",
            "chua-phat-hanh",
            draw: verifyPage(
                .notInForce("Giấy tờ này đã ký nhưng chưa được cơ quan phát hành, nên chưa có giá trị.")
            )
        ),
        ScreenState("xac-minh", "da-sua", draw: verifyPage(.altered)),
        ScreenState("xac-minh", "khong-co", status: 404, draw: verifyPage(.unknown)),
        ScreenState(
            "xac-minh",
            "khong-doc-duoc",
            status: 422,
            draw: verifyPage(.unreadable("Tệp phải là PDF có chữ ký số."))
        ),
    ]

    private static func figures(_ seed: Int) -> StatisticsPage.SevenFigures {
        StatisticsPage.SevenFigures(
            processingWithinTime: 84 * seed,
            processingOverdue: 2 * seed,
            awaitingSupplement: 9 * seed,
            resolvedEarly: 310 * seed,
            resolvedOnTime: 96 * seed,
            resolvedLate: 5 * seed,
            withdrawn: 3 * seed
        )
    }

    private static func statisticsModel(_ total: StatisticsPage.SevenFigures, _ agencies: [StatisticsPage.AgencyLine])
        -> StatisticsPage.Model
    {
        StatisticsPage.Model(
            periodWord: "Tháng 3 năm 2026",
            periods: [
                NavigationItem("Tháng này", href: "?ky=2026-03", isCurrent: true),
                NavigationItem("Tháng trước", href: "?ky=2026-02"), NavigationItem("Năm 2026", href: "?ky=2026"),
            ],
            total: total,
            agencies: agencies,
            asOf: Sample.moment(5, 14, 0),
            authenticationWord: "100 % giao dịch được xác thực điện tử (12.604 giao dịch)",
            csvHref: "/thong-ke.csv"
        )
    }

    private static let none = StatisticsPage.SevenFigures(
        processingWithinTime: 0,
        processingOverdue: 0,
        awaitingSupplement: 0,
        resolvedEarly: 0,
        resolvedOnTime: 0,
        resolvedLate: 0,
        withdrawn: 0
    )
    private static let few = StatisticsPage.SevenFigures(
        processingWithinTime: 2,
        processingOverdue: 0,
        awaitingSupplement: 0,
        resolvedEarly: 4,
        resolvedOnTime: 0,
        resolvedLate: 0,
        withdrawn: 0
    )

    private static let statistics = [
        ScreenState("thong-ke", "thang") {
            StatisticsPage.html(
                statisticsModel(
                    figures(7),
                    [
                        .init(agencyName: Sample.ward, figures: figures(4)),
                        .init(agencyName: "UBND phường Long Xuyên", figures: figures(3)),
                        .init(agencyName: "UBND xã Óc Eo", figures: few),
                    ]
                ),
                in: $0
            )
        },
        ScreenState("thong-ke", "it-ho-so") { StatisticsPage.html(statisticsModel(few, []), in: $0) },
        ScreenState("thong-ke", "chua-co") { StatisticsPage.html(statisticsModel(none, []), in: $0) },
    ]

    private static let information = [
        ScreenState("thong-tin", "tro-giup") {
            HelpPage.html(HelpPage.Model(proceduresHref: "/thu-tuc", lookupHref: "/tra-cuu"), in: $0)
        },
        ScreenState("thong-tin", "kha-nang-tiep-can") {
            AccessibilityPage.html(
                AccessibilityPage.Model(
                    testedStates: 100,
                    testedOn: Sample.day(2026, 3, 5),
                    knownFaults: ["Giấy tờ do người dân tải lên là ảnh, phần mềm đọc màn hình chưa đọc được."]
                ),
                in: $0
            )
        },
        ScreenState("thong-tin", "quyen-rieng-tu") {
            PrivacyPage.html(
                PrivacyPage.Model(
                    controllerName: "UBND tỉnh An Giang",
                    contactWord: "Gọi 1022, hỏi bộ phận bảo vệ dữ liệu."
                ),
                in: $0
            )
        },
    ]

    private static let errors = [400, 403, 404, 409, 410, 413, 422, 429, 500, 503].map { status in
        ScreenState("loi", "\(status)", status: status) {
            FailurePage.html(
                FailurePage.Model(
                    status: status,
                    requestID: status == 500 ? "k3v9-7q2m" : nil,
                    ways: [
                        NavigationItem("Về trang chủ", href: "/"), NavigationItem("Tra cứu hồ sơ", href: "/tra-cuu"),
                    ],
                    retryAfterSeconds: status == 429 || status == 503 ? 300 : nil
                ),
                in: $0
            )
        }
    }
}
