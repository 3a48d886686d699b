// SPDX-License-Identifier: Apache-2.0

public import Kernel
import Markup

/// The jobs of one kind that wait to be done or sent.
public struct WaitingLine: Sendable {
    /// What they do: "Thư và tin nhắn cho người nộp hồ sơ".
    public var name: String
    /// How many.
    public var count: Int
    /// When the oldest of them is due.
    public var oldest: Instant
    /// Whether that was longer ago than a worker needs.
    public var isLate: Bool

    /// Jobs of one kind.
    public init(name: String, count: Int, oldest: Instant, isLate: Bool) {
        self.name = name
        self.count = count
        self.oldest = oldest
        self.isLate = isLate
    }
}

/// What waits, by kind; the same table on two pages.
enum WaitingTable {
    /// The section with its heading; says so when nothing waits.
    static func section(_ lines: [WaitingLine]) -> HTML {
        """
        <section aria-labelledby="dang-cho"><h2 id="dang-cho">Đang chờ gửi</h2>
        \(if: lines.isEmpty, "<p>Không có việc nào đang chờ.</p>", else: table(lines))</section>
        """
    }

    private static func table(_ lines: [WaitingLine]) -> HTML {
        Parts.cardTable(
            CardTable(
                labelledBy: "dang-cho",
                columns: [
                    CardTable.Column("Việc"), CardTable.Column("Số lượng", isNumeric: true),
                    CardTable.Column("Đến hạn sớm nhất"),
                ],
                lines: lines.map { line in
                    CardTable.TableLine([
                        HTML(text: line.name), "<span class=\"num\">\(String(grouped: line.count)) việc</span>",
                        "\(line.oldest.vietnamese)\(if: line.isLate, " \(Parts.tag("gửi chậm", .warn))")",
                    ])
                }
            )
        )
    }
}
