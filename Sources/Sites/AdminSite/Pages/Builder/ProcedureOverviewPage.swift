// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/quan-tri/thu-tuc/{mã}`: how one procedure stands, and its parts.
public enum ProcedureOverviewPage {
    /// Draft or published.
    public enum Standing: Sendable {
        /// Somebody works on it.
        case draft(parts: [TaskRow], hasPublished: Bool, findings: [BuilderFinding])
        /// Nobody works on it: its facts.
        case published([SummaryRow])
        /// It is not offered any more.
        case retired([SummaryRow])
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// What stands around it.
        public var shell: BuilderShell
        /// Draft or published.
        public var standing: Standing
        /// Where a draft is begun or thrown away, by POST.
        public var action: String

        /// What the page shows.
        public init(shell: BuilderShell, standing: Standing, action: String) {
            (self.shell, self.standing, self.action) = (shell, standing, action)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        model.shell.page("Tổng quan", in: frame, content(model, in: frame))
    }

    private static func content(_ model: Model, in frame: PageFrame) -> HTML {
        switch model.standing {
        case .published(let facts), .retired(let facts):
            return """
                \(Parts.summaryList(facts))
                \(frame.form(FormShape(action: model.action), """
                    <p>Sửa trên bản nháp; người dân và hồ sơ đang giải quyết giữ phiên bản này cho tới khi xuất bản phiên bản mới.</p>
                    \(Parts.actions(Parts.button("Sửa thủ tục này", name: "_act", value: "sua", icon: .edit)))
                    """))
                """
        case .draft(let parts, let hasPublished, let findings):
            let what: HTML =
                hasPublished
                ? "<p>Người dân vẫn thấy phiên bản đã xuất bản cho tới khi bản nháp này được xuất bản.</p>"
                : "<p>Thủ tục chưa xuất bản lần nào; chỉ quản trị thấy bản nháp này.</p>"
            return """
                \(what)
                \(if: !findings.isEmpty, BuilderFinding.list(findings))
                \(Parts.taskList(parts))
                \(Parts.details("Bỏ bản nháp", frame.form(
                    FormShape(action: model.action, version: model.shell.version), """
                    <p>Mọi thay đổi của bản nháp và các bước hoàn tác sẽ mất.</p>
                    <p>\(Parts.button("Bỏ bản nháp này", name: "_act", value: "bo", style: .destructive))</p>
                    """)))
                """
        }
    }
}
