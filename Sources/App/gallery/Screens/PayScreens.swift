// SPDX-License-Identifier: Apache-2.0

import CitizenSite
import Kernel
import Markup

/// Pay and confirmation.
enum PayScreens {
    static let all: [ScreenState] = pay + confirmation

    private static func payModel(_ state: PayPage.State) -> PayPage.Model {
        PayPage.Model(
            code: Sample.code,
            procedureName: Sample.extract,
            fees: [FeeLine(label: "Lệ phí cấp bản sao trích lục hộ tịch, 2 bản", amount: VND(16_000))],
            state: state,
            termWord: "Trả trước 17:00 ngày 12/03/2026",
            laterHref: "/ho-so/\(Sample.code)"
        )
    }

    private static let pay = [
        ScreenState("thanh-toan", "chua-tra") {
            PayPage.html(payModel(.due(action: "/nop/abc/thanh-toan", key: Sample.key)), in: $0)
        },
        ScreenState("thanh-toan", "dang-cho") {
            PayPage.html(
                payModel(.pending(since: Sample.moment(5, 14, 5), checkHref: "/nop/abc/thanh-toan")),
                in: $0
            )
        },
        ScreenState("thanh-toan", "dang-xac-nhan") {
            PayPage.html(
                payModel(.confirming(since: Sample.moment(5, 14, 5), checkHref: "/nop/abc/thanh-toan")),
                in: $0
            )
        },
        ScreenState("thanh-toan", "khong-duoc") {
            PayPage.html(
                payModel(
                    .failed(
                        reason: "Ngân hàng từ chối: tài khoản không đủ số dư.",
                        action: "/nop/abc/thanh-toan",
                        key: Sample.key
                    )
                ),
                in: $0
            )
        },
        ScreenState("thanh-toan", "da-dung") {
            PayPage.html(payModel(.cancelled(action: "/nop/abc/thanh-toan", key: Sample.key)), in: $0)
        },
        ScreenState("thanh-toan", "da-tra") {
            PayPage.html(
                payModel(
                    .succeeded(
                        at: Sample.moment(5, 14, 6),
                        reference: "260305-140612-7781",
                        receiptHref: "/tep/bien-lai.pdf",
                        continueHref: "/nop/abc/xong"
                    )
                ),
                in: $0
            )
        },
        ScreenState("thanh-toan", "hoan-tien") {
            PayPage.html(
                payModel(.refunded(at: Sample.moment(6, 9, 0), reason: "Hồ sơ được rút trước khi tiếp nhận.")),
                in: $0
            )
        },
    ]

    private static func confirmationModel(_ standing: ConfirmationPage.Standing) -> ConfirmationPage.Model {
        ConfirmationPage.Model(
            code: Sample.code,
            procedureName: Sample.extract,
            agencyName: Sample.ward,
            submittedAt: Sample.moment(5, 14, 4),
            standing: standing,
            qr: Sample.qr,
            confirmationHref: "/tep/xac-nhan.pdf",
            files: [
                .init(
                    name: "Tờ khai cấp bản sao trích lục.pdf",
                    sizeBytes: 84_000,
                    sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
                ),
                .init(
                    name: "chung-sinh-trang-1.jpg",
                    sizeBytes: 2_410_000,
                    sha256: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
                ),
            ],
            noticeWord: "tin nhắn đến •••• ••• 678 và thư điện tử",
            trackHref: "/ho-so/\(Sample.code)",
            deskPhone: PhoneNumber("0297 386 2023")
        )
    }

    private static let confirmation = [
        ScreenState("da-nop", "con-phai-tra") {
            ConfirmationPage.html(
                confirmationModel(.paymentDue(payHref: "/nop/abc/thanh-toan", sum: VND(16_000))),
                in: $0
            )
        },
        ScreenState("da-nop", "dang-cho-tien") {
            ConfirmationPage.html(confirmationModel(.paymentPending(checkHref: "/nop/abc/thanh-toan")), in: $0)
        },
        ScreenState("da-nop", "cho-tiep-nhan") {
            ConfirmationPage.html(confirmationModel(.awaitingIntake(answerBy: Sample.moment(6, 10, 0))), in: $0)
        },
        ScreenState("da-nop", "tiep-nhan-ngay") {
            ConfirmationPage.html(
                confirmationModel(.received(dueAt: Sample.moment(6, 10, 0), slipHref: "/tep/giay-hen.pdf")),
                in: $0
            )
        },
    ]
}
