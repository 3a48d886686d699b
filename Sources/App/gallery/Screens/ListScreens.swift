// SPDX-License-Identifier: Apache-2.0

import CitizenSite
import Markup

/// The list of procedures in its states, and the sectors.
enum ListScreens {
    static let all: [ScreenState] = list + sectors

    private static let lines: [ProcedureListPage.ProcedureLine] = [
        .init(
            name: Sample.extract,
            code: "2.000635",
            href: "/thu-tuc/2.000635",
            levelWord: "Toàn trình",
            isFullyOnline: true,
            timeWord: "trong ngày; nhận sau 15:00 thì tính từ ngày làm việc kế tiếp",
            feeWord: "Phí 8.000 đ một bản",
            sectorName: "Hộ tịch"
        ),
        .init(
            name: Sample.birth,
            code: "1.001193",
            href: "/thu-tuc/1.001193",
            levelWord: "Toàn trình",
            isFullyOnline: true,
            timeWord: "trong ngày; nhận sau 15:00 thì tính từ ngày làm việc kế tiếp",
            feeWord: "Miễn lệ phí",
            sectorName: "Hộ tịch"
        ),
        .init(
            name: "Thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc",
            code: "1.004859",
            href: "/thu-tuc/1.004859",
            levelWord: "Một phần",
            isFullyOnline: false,
            timeWord: "3 ngày làm việc",
            feeWord: "Miễn lệ phí",
            sectorName: "Hộ tịch"
        ),
    ]

    private static func facets(chosen: Bool) -> [ProcedureListPage.Facet] {
        let sectors = [
            "Chứng thực", "Đất đai", "Đăng ký, quản lý cư trú", "Hoạt động xây dựng", "Hộ tịch", "Nuôi con nuôi",
            "Thành lập và hoạt động của hộ kinh doanh",
        ]
        return [
            .init(
                "Đối tượng",
                [
                    .init("Công dân Việt Nam", count: 3, href: "?doi-tuong=cd"),
                    .init("Tổ chức", count: 1, href: "?doi-tuong=tc"),
                ]
            ),
            .init(
                "Lĩnh vực",
                sectors.enumerated().map {
                    .init($1, count: 40 - $0 * 5, href: "?linh-vuc=\($0)", isChosen: chosen && $0 == 4)
                },
                allHref: "/linh-vuc"
            ),
            .init(
                "Cơ quan",
                [
                    .init("Sở Tư pháp", count: 1, href: "?co-quan=1"),
                    .init("Ủy ban nhân dân cấp xã", count: 3, href: "?co-quan=2"),
                ]
            ),
            .init(
                "Mức độ",
                [
                    .init("Toàn trình", count: 2, href: "?muc-do=4", isChosen: chosen),
                    .init("Một phần", count: 1, href: "?muc-do=3"),
                ]
            ),
            .init(
                "Phí, lệ phí",
                [
                    .init("Không thu phí, lệ phí", count: 2, href: "?phi=0"),
                    .init("Có thu phí hoặc lệ phí", count: 1, href: "?phi=1"),
                ]
            ),
        ]
    }

    private static func model(_ query: String, count: Int) -> ProcedureListPage.Model {
        ProcedureListPage.Model(
            query: query,
            searchAction: "/thu-tuc",
            count: count,
            lines: lines,
            facets: facets(chosen: false),
            homeHref: "/",
            sectorsHref: "/linh-vuc"
        )
    }

    private static let list = [
        ScreenState("thu-tuc", "ket-qua") { ProcedureListPage.html(model("trích lục", count: 3), in: $0) },
        ScreenState("thu-tuc", "da-loc") {
            var model = model("", count: 2)
            model.subject = "Hộ tịch, Toàn trình"
            model.lines = Array(lines.prefix(2))
            model.facets = facets(chosen: true)
            model.kept = [("linh-vuc", "ho-tich"), ("muc-do", "toan-trinh")]
            model.clearHref = "/thu-tuc"
            model.reading = [NavigationItem("Xin bản sao trích lục hộ tịch trên mạng", href: "/huong-dan/ban-sao")]
            return ProcedureListPage.html(model, in: $0)
        },
        ScreenState("thu-tuc", "loc-khong-con") {
            var model = model("khai sinh", count: 0)
            model.lines = []
            model.facets = facets(chosen: true)
            model.kept = [("linh-vuc", "dat-dai")]
            model.clearHref = "/thu-tuc?q=khai%20sinh"
            return ProcedureListPage.html(model, in: $0)
        },
        ScreenState("thu-tuc", "tat-ca") {
            var model = model("", count: 6_800)
            // A whole part, as it comes with a catalogue of this size.
            model.lines = (0..<50).map { lines[$0 % lines.count] }
            model.previousHref = "?trang=1"
            model.nextHref = "?trang=3"
            model.marks = (1...136).map { number in
                let beginning = ["Bãi bỏ văn bản", "Cấp đổi giấy phép", "Đăng ký khai sinh"][number % 3]
                return .init(number, href: "?trang=\(number)", beginning: beginning, isCurrent: number == 2)
            }
            return ProcedureListPage.html(model, in: $0)
        },
        ScreenState("thu-tuc", "viec-trong-doi") {
            var model = model("", count: 2)
            (model.subject, model.lines, model.facets) = ("Sinh con", Array(lines.prefix(2)), [])
            return ProcedureListPage.html(model, in: $0)
        },
        ScreenState("thu-tuc", "khong-co") {
            var model = model("trích lụt hộ tệch", count: 0)
            (model.lines, model.facets, model.suggestions) = ([], [], Array(lines.prefix(2)))
            return ProcedureListPage.html(model, in: $0)
        },
    ]

    private static let sectors = [
        ScreenState("linh-vuc", "day-du") {
            let names = [
                "An toàn bức xạ", "Bảo trợ xã hội", "Báo chí", "Chứng thực", "Công chứng", "Dược phẩm", "Đất đai",
                "Đầu tư tại Việt Nam", "Đăng ký, quản lý cư trú", "Giáo dục nghề nghiệp", "Hộ tịch",
                "Hoạt động xây dựng",
                "Thành lập và hoạt động của hộ kinh doanh", "Thủy sản",
            ]
            let model = SectorsPage.Model(
                sectors: names.enumerated().map { .init($1, count: 3 + $0 * 7, href: "/thu-tuc?linh-vuc=\($0)") },
                allHref: "/thu-tuc",
                homeHref: "/"
            )
            return SectorsPage.html(model, in: $0)
        },
        ScreenState("linh-vuc", "chua-co") {
            SectorsPage.html(SectorsPage.Model(sectors: [], allHref: "/thu-tuc", homeHref: "/"), in: $0)
        },
    ]
}
