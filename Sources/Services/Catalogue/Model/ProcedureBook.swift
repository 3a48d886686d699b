// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// One procedure as its keepers see it: what is offered, what somebody works on, or what was retired.
public struct BookLine: Hashable, Sendable {
    /// The procedure's code.
    public let code: String
    /// Its name: the offered one, else that of the draft.
    public let name: String
    /// What is offered today, or what was or will be; nil for one that was never published.
    public let entry: ProcedureEntry?
    /// Whether it is offered today.
    public let isOffered: Bool
    /// How many versions were published.
    public let versionCount: Int
    /// From which day on it is not offered; nil = until further notice.
    public let retiredFrom: LocalDate?
    /// What somebody works on; nil without.
    public let draft: PackDraftSummary?
    /// The computed level of the entry; nil without an entry, and below level 1.
    public let level: ServiceLevel?

    /// The states in which it is; several may hold at once.
    public var states: Set<BookState> {
        var states: Set<BookState> = [.all]
        if isOffered { states.insert(.offered) }
        if entry != nil, !isOffered { states.insert(.retired) }
        if let draft { states.insert(draft.awaitsVerification ? .awaiting : .draft) }
        return states
    }
}

/// A state by which the book is narrowed.
public enum BookState: CaseIterable, Hashable, Sendable {
    /// Everything.
    case all
    /// Offered today.
    case offered
    /// With a draft that has errors, or is ready to be published.
    case draft
    /// With a sound draft whose facts wait to be compared.
    case awaiting
    /// Published, and not offered today.
    case retired
}

/// What a keeper looks for in the book.
public struct BookQuestion: Hashable, Sendable {
    /// Longest search in characters; the rest is cut off.
    public static let queryLimit = 200

    /// Words of the name, or the beginning of a code; empty = all.
    public var query: String
    /// In which state.
    public var state: BookState
    /// Of which computed level, 0 for those below level 1; nil = any. What was never published has none.
    public var level: Int?
    /// The code of the last line of the page before.
    public var after: String?
    /// How many lines.
    public var limit: Int

    /// A question.
    public init(
        _ query: String = "",
        state: BookState = .all,
        level: Int? = nil,
        after: String? = nil,
        limit: Int = 50
    ) {
        (self.query, self.state, self.level) = (String(query.prefix(Self.queryLimit)), state, level)
        (self.after, self.limit) = (after, min(max(limit, 1), 100))
    }
}

/// A page of the book.
public struct BookAnswer: Sendable {
    /// The procedures of the page, by name.
    public let lines: [BookLine]
    /// How many there are of each state that answer search and level.
    public let counts: [BookState: Int]
    /// The code after which the next page begins; nil on the last.
    public let next: String?

    /// The answer to a question. Pure.
    ///
    /// - Parameters:
    ///   - question: what is looked for.
    ///   - book: every line.
    ///   - hits: the codes that the search for people finds, which knows slips and what people say.
    init(_ question: BookQuestion, of book: [BookLine], hits: Set<String>) {
        let words = VietnameseText.fold(VietnameseText.nfc(question.query)).split(separator: " ")
        let code = question.query.filter { !$0.isWhitespace }
        let found = book.filter { line in
            if let level = question.level {
                guard line.entry != nil, line.level?.rawValue ?? 0 == level else { return false }
            }
            guard !words.isEmpty, !hits.contains(line.code), !line.code.hasPrefix(code) else { return true }
            let name = VietnameseText.fold(line.name)
            return words.allSatisfy { name.contains($0) }
        }
        var counts: [BookState: Int] = [:]
        for line in found { for state in line.states { counts[state, default: 0] += 1 } }
        self.counts = counts
        let chosen = VietnameseText.ordered(found.filter { $0.states.contains(question.state) }, by: \.name)
        let start = question.after.flatMap { last in chosen.firstIndex { $0.code == last } }.map { $0 + 1 } ?? 0
        lines = Array(chosen[start...].prefix(question.limit))
        next = start + lines.count < chosen.count ? lines.last?.code : nil
    }
}
