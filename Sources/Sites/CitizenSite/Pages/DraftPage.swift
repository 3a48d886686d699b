// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// Screen 6, `/nop/{nháp}`: the tasks of a draft, at the start and at every return.
public enum DraftPage {
    /// One group of tasks.
    public struct TaskGroup: Sendable {
        /// The heading: "Chuẩn bị", "Nộp".
        public var title: String
        /// The tasks.
        public var tasks: [TaskRow]

        /// One group of tasks.
        public init(
            title: String,
            tasks: [TaskRow]
        ) {
            self.title = title
            self.tasks = tasks
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The procedure.
        public var procedureName: String
        /// The groups of tasks, in the order in which most people do them.
        public var groups: [TaskGroup]
        /// The first task that is not done; nil when all are.
        public var nextHref: String?
        /// What is to be paid, and when: "16.000 đ, trả sau khi nộp hồ sơ".
        public var feeWord: String
        /// The day on which the draft is deleted.
        public var expiresOn: LocalDate
        /// The account page.
        public var accountHref: String
        /// Where the draft is deleted, by POST.
        public var deleteAction: String
        /// The key of the deletion.
        public var key: String

        /// What the page shows.
        public init(
            procedureName: String,
            groups: [TaskGroup],
            nextHref: String? = nil,
            feeWord: String,
            expiresOn: LocalDate,
            accountHref: String,
            deleteAction: String,
            key: String
        ) {
            self.procedureName = procedureName
            self.groups = groups
            self.nextHref = nextHref
            self.feeWord = feeWord
            self.expiresOn = expiresOn
            self.accountHref = accountHref
            self.deleteAction = deleteAction
            self.key = key
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let all = model.groups.flatMap(\.tasks)
        let ready = all.filter { $0.state == .ready }.count
        return frame.page(
            PageShape(title: "Hồ sơ nháp – \(model.procedureName)", backHref: model.accountHref, width: .text),
            """
            <p class="over">Hồ sơ nháp</p>
            <h1>\(model.procedureName)</h1>
            <p>Đã xong \(ready) trong \(all.count) việc. Làm theo thứ tự nào cũng được.</p>
            \(each: model.groups.enumerated(), { index, group in
                "<h2>\(group.title)</h2>\(Parts.taskList(group.tasks, id: "viec-\(index + 1)"))"
            })
            \(Parts.summaryList([
                SummaryRow("Phải trả", model.feeWord),
                SummaryRow("Bản nháp giữ đến", model.expiresOn.vietnamese),
            ]))
            \(ifLet: model.nextHref, { Parts.actions(Parts.linkButton("Tiếp tục", href: $0, icon: .forward)) })
            \(Parts.details("Nhờ người khác nộp hộ hoặc bỏ bản nháp", """
                <p>Người nộp hộ đăng nhập bằng tài khoản của mình, mở thủ tục này và khai phần người được nộp hộ. Cán bộ một cửa \
                cũng giúp điền tại quầy.</p>
                \(frame.form(
                    FormShape(action: model.deleteAction, idempotencyKey: model.key),
                    Parts.button("Xóa bản nháp này", style: .secondary)
                ))
                """))
            """
        )
    }
}
