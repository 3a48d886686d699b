// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// `/quan-tri/hang-doi`: what waits and what was given up, each with its cause in words and a second chance.
public enum QueuePage {
    /// One line of a dead letter's history.
    public struct HistoryLine: Sendable {
        /// When.
        public var at: Instant
        /// What happened, in words.
        public var words: String

        /// One line of the history.
        public init(at: Instant, words: String) {
            self.at = at
            self.words = words
        }
    }

    /// What was given up; nothing of its content, which may be about a person.
    public struct Letter: Sendable {
        /// The id of the job, unique on the page.
        public var id: String
        /// What it was to do.
        public var name: String
        /// When it was to be done first.
        public var firstDueAt: Instant
        /// Why the last attempt failed.
        public var cause: String
        /// What helps.
        public var advice: String
        /// Every attempt and resending, the first one first.
        public var history: [HistoryLine]
        /// The reason as typed, with what is wrong; its id is unlike those of the other letters.
        public var reasonField: FieldPart
        /// Where it is sent again, by POST.
        public var action: String

        /// What was given up.
        public init(
            id: String,
            name: String,
            firstDueAt: Instant,
            cause: String,
            advice: String,
            history: [HistoryLine],
            reasonField: FieldPart,
            action: String
        ) {
            self.id = id
            self.name = name
            self.firstDueAt = firstDueAt
            self.cause = cause
            self.advice = advice
            self.history = history
            self.reasonField = reasonField
            self.action = action
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// What waits, by kind.
        public var waiting: [WaitingLine]
        /// A page of dead letters, the oldest first.
        public var letters: [Letter]
        /// How many there are in all.
        public var deadCount: Int
        /// What the last act did; nil otherwise.
        public var flash: String?
        /// Why the last act was not done, where no field is to blame; nil otherwise.
        public var hindrance: String?
        /// The first page, when this is not it.
        public var firstHref: String?
        /// The next page.
        public var nextHref: String?
        /// The state of the system.
        public var backHref: String

        /// What the page shows.
        public init(
            waiting: [WaitingLine],
            letters: [Letter],
            deadCount: Int,
            flash: String? = nil,
            hindrance: String? = nil,
            firstHref: String? = nil,
            nextHref: String? = nil,
            backHref: String
        ) {
            self.waiting = waiting
            self.letters = letters
            self.deadCount = deadCount
            self.flash = flash
            self.hindrance = hindrance
            self.firstHref = firstHref
            self.nextHref = nextHref
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = FieldError.all(in: model.letters.map(\.reasonField))
        return frame.page(
            PageShape(title: "Hàng đợi gửi", backHref: model.backHref, hasErrors: !errors.isEmpty),
            """
            \(Parts.errorSummary(errors))
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            \(ifLet: model.hindrance, { Parts.notice(.bad, "<p>\($0)</p>") })
            <h1>Hàng đợi gửi</h1>
            \(WaitingTable.section(model.waiting))
            <section aria-labelledby="bi-dung">\(Parts.countedHeading("Bị dừng", id: "bi-dung", count: model.deadCount))
            \(if: model.letters.isEmpty,
                Parts.emptyState("Không có việc nào bị dừng", "<p>Mọi thư, tin nhắn đều đã gửi hoặc đang chờ gửi.</p>"),
                else: letters(model, in: frame))</section>
            """
        )
    }

    private static func letters(_ model: Model, in frame: PageFrame) -> HTML {
        """
        \(each: model.letters, { letter($0, in: frame) })
        \(if: model.nextHref != nil || model.firstHref != nil, Parts.pagination(
            shown: "\(model.letters.count) trong \(String(grouped: model.deadCount)) việc",
            firstHref: model.firstHref,
            nextHref: model.nextHref
        ))
        """
    }

    private static func letter(_ letter: Letter, in frame: PageFrame) -> HTML {
        """
        <div class="sheet"><h3>\(letter.name)</h3>
        <p class="mut">Phải gửi lúc \(letter.firstDueAt.vietnamese)</p>
        <p><strong>\(letter.cause)</strong> \(letter.advice)</p>
        \(Parts.details("Các lần đã thử", """
            <ol>\(each: letter.history, { "<li>\($0.at.vietnamese): \($0.words)</li>" })</ol>
            """))
        \(frame.form(FormShape(action: letter.action), """
            \(Parts.field(letter.reasonField))
            \(Parts.button("Gửi lại", style: .secondary, spoken: "\(letter.name), \(letter.firstDueAt.vietnamese)"))
            """))</div>

        """
    }
}
