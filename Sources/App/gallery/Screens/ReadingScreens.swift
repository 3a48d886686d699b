// SPDX-License-Identifier: Apache-2.0

import CitizenSite
import Kernel
import Markup

/// Guides, questions and answers, news.
enum ReadingScreens {
    static let all: [ScreenState] = [
        ScreenState("huong-dan", "danh-sach") {
            let model = ReadingPages.ListModel(
                title: "Hướng dẫn",
                lede: "Làm từng thủ tục trên mạng, từng bước một.",
                lines: [
                    .init(
                        title: "Đăng ký khai sinh trên mạng",
                        summary: "Từ giấy chứng sinh đến giấy khai sinh, không phải đến quầy.",
                        href: "/huong-dan/dang-ky-khai-sinh"
                    ),
                    .init(title: "Chụp giấy tờ bằng điện thoại", summary: "", href: "/huong-dan/chup-giay-to"),
                ],
                nothing: "Chưa có bài hướng dẫn nào được đăng.",
                homeHref: "/"
            )
            return ReadingPages.list(model, in: $0)
        },
        ScreenState("huong-dan", "bai-viet") { ReadingPages.article(article, in: $0) },
        ScreenState("hoi-dap", "danh-sach") {
            let model = ReadingPages.QuestionsModel(
                groups: [
                    (
                        "Chung",
                        [
                            .init(
                                id: "noi-dang-giu-ho-so",
                                question: "Hồ sơ của tôi đang ở đâu?",
                                answer: Markdown("Gõ mã hồ sơ ở trang [Tra cứu](/tra-cuu).")
                            )
                        ]
                    ),
                    (
                        "Hộ tịch",
                        [
                            .init(
                                id: "khong-co-giay-chung-sinh",
                                question: "Không có giấy chứng sinh thì làm thế nào?",
                                answer: Markdown(
                                    "Nộp văn bản của **người làm chứng**, hoặc giấy cam đoan về việc sinh."
                                ),
                                procedures: [NavigationItem(Sample.birth, href: "/thu-tuc/1.001193")]
                            )
                        ]
                    ),
                ],
                homeHref: "/"
            )
            return ReadingPages.questions(model, in: $0)
        },
        ScreenState("hoi-dap", "chua-co") {
            ReadingPages.questions(ReadingPages.QuestionsModel(groups: [], homeHref: "/"), in: $0)
        },
        ScreenState("tin-tuc", "danh-sach") {
            let line = ReadingPages.Line(
                title: "Tìm thủ tục theo lĩnh vực",
                summary: "Danh mục có thêm trang lĩnh vực và bộ lọc.",
                day: Sample.moment(5, 8, 0).date,
                href: "/tin-tuc/tim-theo-linh-vuc"
            )
            return ReadingPages.list(news([line]), in: $0)
        },
        ScreenState("tin-tuc", "chua-co") { ReadingPages.list(news([]), in: $0) },
    ]

    private static func news(_ lines: [ReadingPages.Line]) -> ReadingPages.ListModel {
        ReadingPages.ListModel(
            title: "Tin tức",
            lede: "Điều mới về thủ tục và về cổng này.",
            lines: lines,
            nothing: "Chưa có tin nào được đăng.",
            homeHref: "/"
        )
    }

    private static let article = ReadingPages.ArticleModel(
        title: "Đăng ký khai sinh trên mạng",
        day: Sample.moment(5, 8, 0).date,
        text: Markdown(
            """
            Cha hoặc mẹ đăng ký khai sinh cho con trong 60 ngày kể từ ngày sinh.

            ## Cần có

            - **Giấy chứng sinh** do cơ sở y tế cấp, chụp đủ bốn góc.
            - Tài khoản VNeID mức 2.

            ## Các bước

            1. Mở trang [thủ tục](/thu-tuc/1.001193), bấm Nộp hồ sơ.
            2. Điền tờ khai, chụp giấy chứng sinh.
            3. Kiểm tra rồi nộp.

            ### Khi cần giúp

            Gọi [1022](tel:1022).
            """
        ),
        procedures: [NavigationItem(Sample.birth, href: "/thu-tuc/1.001193")],
        crumbs: [Crumb("Trang chủ", href: "/"), Crumb("Hướng dẫn", href: "/huong-dan/danh-sach")]
    )
}
