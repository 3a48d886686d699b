// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import Kernel
import Markup
import Site

/// The tasks of a draft in order, what state each is in, and which comes next.
struct DraftPlan {
    enum Task: Hashable {
        case delivery
        case page(String)
        case files
        case check
    }

    private let view: DraftView

    init(_ view: DraftView) {
        self.view = view
    }

    /// The tasks in the order in which they are offered.
    static func tasks(of view: DraftView) -> [Task] {
        let pages = view.pack.form?.visiblePages(view.context).map { Task.page($0.id) } ?? []
        return [.delivery] + pages + (view.components.isEmpty ? [] : [.files]) + [.check]
    }

    static func href(_ task: Task, of draft: String) -> String {
        switch task {
        case .delivery: SiteURL.draftDelivery(draft).path
        case .page(let id): SiteURL.draftFormPage(draft, page: id).path
        case .files: SiteURL.draftFiles(draft).path
        case .check: SiteURL.draftCheck(draft).path
        }
    }

    /// Where "Tiếp tục" leads: the next task after this one.
    static func next(after task: Task, in view: DraftView) -> String {
        let tasks = tasks(of: view)
        let index = tasks.firstIndex(of: task).map { $0 + 1 } ?? 0
        return href(tasks.indices.contains(index) ? tasks[index] : .check, of: view.draft.id.rawValue)
    }

    func isDone(_ task: Task) -> Bool {
        switch task {
        case .delivery: return view.draft.agency != nil
        case .page(let id):
            let fields = view.pack.form?.page(id)?.fields ?? []
            let papers = view.pack.form?.page(id).map { AskedPapers(on: $0, of: view).missing } ?? [:]
            return view.draft.pagesDone.contains(id) && papers.isEmpty
                && !view.problems.contains { problem in fields.contains { $0.owns(problem.field) } }
        case .files:
            // Which papers are needed is known when every page is answered.
            let pages = Self.tasks(of: view).filter { if case .page = $0 { true } else { false } }
            return view.missingComponents.isEmpty && pages.allSatisfy(isDone)
        case .check: return false
        }
    }

    /// Everything before the check is done.
    var isReady: Bool { Self.tasks(of: view).allSatisfy { $0 == .check || isDone($0) } }

    /// The first task that is not done.
    var nextHref: String? {
        Self.tasks(of: view).first { !isDone($0) }.map { Self.href($0, of: view.draft.id.rawValue) }
    }

    var feeWord: String {
        guard let quote = view.quote else { return "Số tiền hiện ra khi trả lời câu hỏi về số bản." }
        if quote.isFree { return view.pack.fees.items.first?.kind.freeText ?? PackWords.noFee }
        return quote.unknown.isEmpty ? "\(quote.total), nộp sau khi gửi hồ sơ" : quote.words
    }

    var groups: [DraftPage.TaskGroup] {
        let draft = view.draft.id.rawValue
        let pages = (view.pack.form?.visiblePages(view.context) ?? []).map { page in
            TaskRow(page.title, href: Self.href(.page(page.id), of: draft), state: state(.page(page.id)))
        }
        var papers: [TaskRow] = []
        if !view.components.isEmpty {
            papers = [TaskRow("Giấy tờ cần có", href: Self.href(.files, of: draft), state: state(.files))]
        }
        let check = TaskRow(
            "Kiểm tra và nộp",
            href: isReady ? Self.href(.check, of: draft) : nil,
            state: isReady ? .notStarted : .cannotStart
        )
        return [
            DraftPage.TaskGroup(
                title: "Nơi giải quyết",
                tasks: [
                    TaskRow(
                        "Nơi nộp và cách nhận kết quả",
                        href: Self.href(.delivery, of: draft),
                        state: state(.delivery)
                    )
                ]
            ),
            DraftPage.TaskGroup(title: "Tờ khai", tasks: pages),
            DraftPage.TaskGroup(title: "Giấy tờ", tasks: papers),
            DraftPage.TaskGroup(title: "Nộp hồ sơ", tasks: [check]),
        ].filter { !$0.tasks.isEmpty }
    }

    private func state(_ task: Task) -> TaskRow.State {
        if isDone(task) { return .ready }
        if case .page(let id) = task, view.draft.pagesDone.contains(id) { return .hasErrors }
        if task == .files, !view.files.isEmpty { return .inProgress }
        return .notStarted
    }
}
