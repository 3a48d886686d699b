// SPDX-License-Identifier: Apache-2.0

/// One line of a summary: a question and its answer.
public struct SummaryRow: Sendable {
    /// The question, short.
    public var key: String
    /// The answer; nil reads "Chưa có thông tin".
    public var value: HTML?
    /// Where it is changed; nil when it may not be.
    public var changeHref: String?
    /// What the link says: "Sửa".
    public var changeLabel: String

    /// A line whose answer is text.
    public init(_ key: String, _ value: String?, changeHref: String? = nil, changeLabel: String = "Sửa") {
        self.key = key
        self.value = value.flatMap { $0.isEmpty ? nil : HTML(text: $0) }
        self.changeHref = changeHref
        self.changeLabel = changeLabel
    }

    /// A line whose answer is a piece of page.
    public init(_ key: String, html value: HTML, changeHref: String? = nil, changeLabel: String = "Sửa") {
        self.key = key
        self.value = value
        self.changeHref = changeHref
        self.changeLabel = changeLabel
    }
}

/// One line of a task list.
public struct TaskRow: Sendable {
    /// How far a task is (`ux.md` §4.1).
    public enum State: Sendable, Equatable {
        case notStarted
        case inProgress
        case ready
        case hasErrors
        case cannotStart
        case needsSupplement
        /// The words of a skeleton still stand there.
        case sampleWords

        /// The word that the citizen reads.
        public var word: String {
            switch self {
            case .notStarted: "Chưa làm"
            case .inProgress: "Đang làm"
            case .ready: "Đã xong"
            case .hasErrors: "Có lỗi cần sửa"
            case .cannotStart: "Chưa thể bắt đầu"
            case .needsSupplement: "Cần bổ sung"
            case .sampleWords: "Còn chữ mẫu"
            }
        }

        var tone: PartTone {
            switch self {
            case .notStarted: .info
            case .inProgress, .sampleWords: .warn
            case .ready, .cannotStart: .neutral
            case .hasErrors, .needsSupplement: .bad
            }
        }
    }

    /// What is to be done.
    public var title: String
    /// One sentence of help; nil without.
    public var hint: String?
    /// Where it is done; nil when it cannot start yet.
    public var href: String?
    /// How far it is.
    public var state: State

    /// One line of a task list.
    public init(_ title: String, hint: String? = nil, href: String?, state: State) {
        self.title = title
        self.hint = hint
        self.href = href
        self.state = state
    }
}

/// One stage of a timeline that the citizen sees.
public struct TimelineStage: Sendable {
    /// Where the dossier stands with regard to this stage.
    public enum State: String, Sendable {
        case past
        case current
        case next
        /// The stage at which it ended for good without what was asked.
        case ended
    }

    /// The name of the stage.
    public var title: String
    /// Past, current or next.
    public var state: State
    /// Who and when: "UBND phường Rạch Giá · 14:02 ngày 22/09/2020".
    public var detail: String?
    /// What it means, or what comes.
    public var note: HTML?

    /// One stage of a timeline.
    public init(_ title: String, state: State, detail: String? = nil, note: HTML? = nil) {
        self.title = title
        self.state = state
        self.detail = detail
        self.note = note
    }

    var spoken: String {
        switch state {
        case .past: "Đã qua"
        case .current: "Hiện tại"
        case .next: "Tiếp theo"
        case .ended: "Đã dừng tại đây"
        }
    }
}

extension Parts {
    /// Questions and answers, each with its "Sửa" when it may be changed.
    public static func summaryList(_ rows: [SummaryRow]) -> HTML {
        """
        <dl class="sl">
        \(each: rows, { row in
            """
            <div><dt>\(row.key)</dt><dd>\(row.value ?? "<span class=\"mut\">Chưa có thông tin</span>")</dd>\
            \(ifLet: row.changeHref, { """
                <dd class="sl-act np"><a\(href: $0)>\(row.changeLabel)<span class="vh"> \(row.key.lowercased())</span></a></dd>
                """ })</div>

            """
        })</dl>
        """
    }

    /// What is to be done, each row with its state; the whole row is the link.
    ///
    /// `id` begins the ids of the rows; unlike in another list of the same page.
    public static func taskList(_ rows: [TaskRow], id: String = "viec") -> HTML {
        """
        <ul class="tasks">
        \(each: rows.enumerated(), { taskRow($0.element, id: "\(id)-\($0.offset + 1)") })</ul>
        """
    }

    private static func taskRow(_ row: TaskRow, id: String) -> HTML {
        let word: HTML =
            row.state == .ready
            ? "<span class=\"task-state\" id=\"\(id)\">\(icon(.check))\(row.state.word)</span>"
            : "<span class=\"task-state\" id=\"\(id)\">\(row.state == .cannotStart ? mutedWord(row.state.word) : tag(row.state.word, row.state.tone))</span>"
        let hint: HTML = "\(ifLet: row.hint, { "<small class=\"hint\">\($0)</small>" })"
        guard let address = row.href, row.state != .cannotStart else {
            return "<li><div class=\"task task-off\"><span>\(row.title)\(hint)</span>\(word)</div></li>\n"
        }
        return """
            <li><a class="task"\(href: address) aria-describedby="\(id)"><span><span class="task-title">\(row.title)</span>\
            \(hint)</span>\(word)</a></li>

            """
    }

    private static func mutedWord(_ word: String) -> HTML { "<span class=\"mut\">\(word)</span>" }

    /// Stages in order, the current one marked by words too.
    public static func timeline(_ stages: [TimelineStage]) -> HTML {
        """
        <ol class="line">
        \(each: stages, { stage in
            """
            <li class="\(stage.state.rawValue)"\(attribute: "aria-current", stage.state == .current ? "step" : nil)>\
            <p class="line-title"><span class="vh">\(stage.spoken): </span>\(stage.title)</p>\
            \(ifLet: stage.detail, { "<p class=\"line-detail\">\($0)</p>" })\
            \(ifLet: stage.note, { "<div class=\"line-note\">\($0)</div>" })</li>

            """
        })</ol>
        """
    }

    /// How far one is on a way of few steps: words, and a bar for the eye.
    public static func steps(_ names: [String], current: Int) -> HTML {
        """
        <ol class="steps np" aria-label="Các bước">\(each: names.enumerated(), { index, name in
            """
            <li\(classes: index < current ? "past" : index == current ? "now" : nil)\
            \(attribute: "aria-current", index == current ? "step" : nil)><span>\(name)</span></li>
            """
        })</ol>
        """
    }

    /// What a place says when nothing waits there.
    public static func emptyState(_ title: String, _ content: HTML) -> HTML {
        "<div class=\"nothing\">\(archDrawing)<p class=\"nothing-title\">\(title)</p>\(content)</div>"
    }
}
