// SPDX-License-Identifier: Apache-2.0

import Kernel
public import Markup

/// Screen 24, `/quan-tri/thu-tuc-nhap`: drafts from a file of the national catalogue, with what each still lacks.
public enum ImportPage {
    /// One procedure of the file.
    public struct Line: Sendable {
        /// The code.
        public var code: String
        /// The name.
        public var name: String
        /// Its draft; nil when none was begun.
        public var href: String?
        /// Why none was begun; nil when one was.
        public var refusal: String?
        /// What it lacks and what was left out, a line each.
        public var report: [String]

        /// One procedure of the file.
        public init(code: String, name: String, href: String?, refusal: String? = nil, report: [String]) {
            (self.code, self.name, self.href) = (code, name, href)
            (self.refusal, self.report) = (refusal, report)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The largest file that is taken, in bytes.
        public var limitBytes: Int64
        /// Most procedures of one file.
        public var mostProcedures: Int
        /// Why no file was taken; nil before one was sent.
        public var error: String?
        /// What became of the procedures of the file; empty before one was sent.
        public var lines: [Line]
        /// Records that could not be read.
        public var faults: [String]
        /// Where the file is sent.
        public var action: String
        /// The list of procedures.
        public var backHref: String

        /// What the page shows.
        public init(
            limitBytes: Int64,
            mostProcedures: Int,
            error: String? = nil,
            lines: [Line] = [],
            faults: [String] = [],
            action: String,
            backHref: String
        ) {
            (self.limitBytes, self.mostProcedures, self.error) = (limitBytes, mostProcedures, error)
            (self.lines, self.faults, self.action, self.backHref) = (lines, faults, action, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(
                title: "Nhập từ CSDL quốc gia – Thủ tục",
                backHref: model.backHref,
                hasErrors: model.error != nil,
                width: .text
            ),
            """
            \(Parts.errorSummary(model.error.map { [FieldError(controlID: "file", text: $0)] } ?? []))
            <p class="over">Thủ tục</p>
            <h1>Nhập từ CSDL quốc gia</h1>
            <p>Chọn tệp JSON của cơ sở dữ liệu quốc gia về thủ tục hành chính: dạng LayThuTuc hoặc dạng hiện nay, nhiều nhất \
            \(model.mostProcedures) thủ tục. Mỗi thủ tục thành một bản nháp; mọi nội dung chờ đối chiếu, điều danh mục không nói \
            thì để trống.</p>
            \(found(model))
            \(frame.form(FormShape(action: model.action, isMultipart: true), """
                \(Parts.fileInput(
                    FilePart(
                        id: "file",
                        label: "Chọn tệp",
                        paperName: "danh mục thủ tục",
                        error: model.error,
                        limitBytes: model.limitBytes,
                        takesSeveral: false,
                        accept: ".json,application/json",
                        typeWords: "JSON"
                    )
                ))
                \(Parts.actions(
                    Parts.button("Nhập thành bản nháp"),
                    "<a class=\"ilink\"\(href: model.backHref)>Không nhập gì</a>"
                ))
                """))
            """
        )
    }

    private static func found(_ model: Model) -> HTML {
        """
        \(if: !model.faults.isEmpty, Parts.notice(
            .warn,
            title: "Không đọc được \(model.faults.count) chỗ",
            "<ul>\(each: model.faults, { "<li>\($0)</li>" })</ul>"
        ))
        \(each: model.lines, { line in
            """
            <h2>\(line.name) <span class="mut num">\(line.code)</span></h2>
            \(ifLet: line.refusal, { Parts.notice(.warn, "<p>\($0)</p>") })
            \(ifLet: line.href, { "<p>\(Parts.linkButton("Mở bản nháp \(line.code)", href: $0, style: .secondary))</p>" })
            <ul>\(each: line.report, { "<li>\($0)</li>" })</ul>
            """
        })
        """
    }
}
