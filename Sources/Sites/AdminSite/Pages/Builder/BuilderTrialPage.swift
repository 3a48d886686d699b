// SPDX-License-Identifier: Apache-2.0

public import Markup

/// The examples of a pack, played: what they expect and what comes out.
public enum BuilderTrialPage {
    /// One thing that an example says.
    public struct Line: Sendable {
        /// `Tổng phải nộp`.
        public var name: String
        /// What is expected; nil where the example says nothing.
        public var expected: String?
        /// What comes out.
        public var found: String
        /// Whether both are the same, or nothing was expected.
        public var isRight: Bool

        /// One thing that an example says.
        public init(name: String, expected: String?, found: String, isRight: Bool) {
            (self.name, self.expected, self.found, self.isRight) = (name, expected, found, isRight)
        }
    }

    /// One example.
    public struct Example: Sendable {
        /// What it shows.
        public var name: String
        /// `Trực tuyến, nhận lúc 09:00 ngày 05/03/2026`.
        public var detail: String
        /// What it says, line by line.
        public var lines: [Line]
        /// Where it is changed.
        public var href: String
        /// Whether it says what must be paid and when the result is due.
        public var saysEnough: Bool
        /// Whether questions without an answer can be filled in.
        public var offersSample: Bool
        /// Whether what came out can be expected from now on.
        public var offersOutcome: Bool

        /// One example.
        public init(
            name: String,
            detail: String,
            lines: [Line],
            href: String,
            saysEnough: Bool = true,
            offersSample: Bool = false,
            offersOutcome: Bool = false
        ) {
            (self.name, self.detail, self.lines, self.href) = (name, detail, lines, href)
            (self.saysEnough, self.offersSample, self.offersOutcome) = (saysEnough, offersSample, offersOutcome)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// What stands around it.
        public var shell: BuilderShell
        /// The examples; empty while the pack cannot be read as a whole.
        public var examples: [Example]
        /// What must be mended before examples can be played.
        public var findings: [BuilderFinding]
        /// The list of examples.
        public var editHref: String
        /// Where answers are filled in and outcomes taken over, by POST.
        public var action: String
        /// Where facts are compared, once the examples are right.
        public var nextHref: String?

        /// What the page shows.
        public init(
            shell: BuilderShell,
            examples: [Example],
            findings: [BuilderFinding],
            editHref: String,
            action: String,
            nextHref: String? = nil
        ) {
            self.nextHref = nextHref
            (self.shell, self.examples, self.findings) = (shell, examples, findings)
            (self.editHref, self.action) = (editHref, action)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        model.shell.page(
            "Chạy ví dụ",
            in: frame,
            """
            <p>Mỗi ví dụ được khai, tính tiền, tính hạn và đi qua các bước như hồ sơ thật; không hồ sơ nào được tạo.</p>
            \(if: !model.findings.isEmpty, """
                \(Parts.notice(.warn, "<p>Sửa các chỗ này rồi chạy lại.</p>"))\(BuilderFinding.list(model.findings))
                """)
            \(each: model.examples.enumerated(), { example($0.element, $0.offset, model, in: frame) })
            <p><a\(href: model.editHref)>Sửa danh sách ví dụ</a></p>
            \(ifLet: model.nextHref, { "<p class=\"np\"><a\(href: $0)>Phần tiếp theo: Đối chiếu</a></p>" })
            """
        )
    }

    private static func verdict(_ example: Example) -> HTML {
        let wrong = example.lines.count { !$0.isRight }
        if wrong > 0 { return Parts.tag("\(wrong) chỗ khác", .bad) }
        return example.saysEnough ? Parts.tag("Đúng", .ok) : Parts.tag("Chưa nêu điều mong đợi", .warn)
    }

    private static func example(_ example: Example, _ index: Int, _ model: Model, in frame: PageFrame) -> HTML {
        """
        <h2 id="vi-du-\(index + 1)">\(example.name) \(verdict(example))</h2>
        <p class="mut">\(example.detail). <a\(href: example.href)>Sửa<span class="vh"> \(example.name)</span></a></p>
        \(Parts.table(
                labelledBy: "vi-du-\(index + 1)",
                columns: ["Nội dung", "Mong đợi", "Ra"].map { CardTable.Column($0) },
                lines: example.lines.map { line in
                    [
                        HTML(text: line.name), HTML(text: line.expected ?? "—"),
                        "\(line.found)\(if: !line.isRight, " \(Parts.tag("Khác", .bad))")",
                    ]
                }
            ))
        \(if: example.offersSample || example.offersOutcome, acts(example, index, model, in: frame))
        """
    }

    /// What is taken over stands in the table above the button, line by line.
    private static func acts(_ example: Example, _ index: Int, _ model: Model, in frame: PageFrame) -> HTML {
        func act(_ label: String, _ word: String) -> HTML {
            Parts.button(label, name: "_act", value: "\(word):\(index)", style: .secondary, spoken: "“\(example.name)”")
        }
        return frame.form(
            FormShape(action: model.action, version: model.shell.version),
            """
            \(if: example.offersOutcome, """
                <p>Cột “Ra” đúng với văn bản quy định thì lấy làm điều mong đợi; từ đó gói sai khác đi là có báo.</p>
                """)
            \(Parts.actions(
                example.offersSample ? act("Điền thử câu chưa trả lời", "dien") : .empty,
                example.offersOutcome ? act("Lấy kết quả này làm điều mong đợi", "lay") : .empty
            ))
            """
        )
    }
}
