// SPDX-License-Identifier: Apache-2.0

import Kernel
public import Markup

/// `/linh-vuc`: every sector with its procedures, by the alphabet; from here each service is two clicks away.
public enum SectorsPage {
    /// One sector.
    public struct Sector: Sendable {
        /// `Hộ tịch`.
        public var name: String
        /// How many procedures it has.
        public var count: Int
        /// Their list.
        public var href: String

        /// One sector.
        public init(_ name: String, count: Int, href: String) {
            (self.name, self.count, self.href) = (name, count, href)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// In the order of their names.
        public var sectors: [Sector]
        /// All procedures in one list.
        public var allHref: String
        /// The home page.
        public var homeHref: String

        /// What the page shows.
        public init(sectors: [Sector], allHref: String, homeHref: String) {
            (self.sectors, self.allHref, self.homeHref) = (sectors, allHref, homeHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Thủ tục theo lĩnh vực", crumbs: [Crumb("Trang chủ", href: model.homeHref)]),
            """
            <h1>Thủ tục theo lĩnh vực</h1>
            \(if: model.sectors.isEmpty, "<p>Chưa có thủ tục nào được công khai. Gọi <a href=\"tel:1022\">1022</a>.</p>")
            \(each: groups(model.sectors), { group in
                """
                \(if: !group.letter.isEmpty, "<h2>\(group.letter)</h2>")
                <ul class="columns">\(each: group.sectors, {
                    """
                    <li><a class="ilink"\(href: $0.href)><span>\($0.name) \
                    <span class="count">\(String(grouped: Int64($0.count)))</span></span></a></li>
                    """
                })</ul>
                """
            })
            <p><a class="ilink"\(href: model.allHref)>\(Parts.icon(.document))Xem tất cả thủ tục trong một danh sách</a></p>
            """
        )
    }

    /// Fewer are read at a glance, and a heading above each would only be noise.
    private static let letteredFrom = 30

    private static func groups(_ sectors: [Sector]) -> [(letter: String, sectors: [Sector])] {
        guard sectors.count >= letteredFrom else { return sectors.isEmpty ? [] : [("", sectors)] }
        var groups: [(letter: String, sectors: [Sector])] = []
        for sector in sectors {
            let letter = initial(sector.name)
            if groups.last?.letter == letter {
                groups[groups.count - 1].sectors.append(sector)
            } else {
                groups.append((letter, [sector]))
            }
        }
        return groups
    }

    /// The letter of the alphabet under which a name stands: without its tone, but Đ is not D, and Ă not A.
    static func initial(_ name: String) -> String {
        let first = VietnameseText.nfc(name).prefix(1).uppercased()
        for row in letters where row.contains(first) { return String(row.prefix(1)) }
        return VietnameseText.fold(first).uppercased()
    }

    /// Letters with a sign of their own, each with its tones.
    private static let letters = ["Đ", "ĂẰẲẴẮẶ", "ÂẦẨẪẤẬ", "ÊỀỂỄẾỆ", "ÔỒỔỖỐỘ", "ƠỜỞỠỚỢ", "ƯỪỬỮỨỰ"]
}
