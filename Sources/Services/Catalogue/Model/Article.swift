// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import Kernel

/// Something to read beside the procedures: a guide, a question with its answer, or a piece of news.
public struct Article: Hashable, Sendable {
    /// What kind of text.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case guide, question, news

        /// Its folder under `resources/articles`.
        var folder: String {
            switch self {
            case .guide: "guides"
            case .question: "questions"
            case .news: "news"
            }
        }
    }

    /// What kind of text.
    public let kind: Kind
    /// Its name in addresses, which is the name of its file: `khai-sinh-tren-mang`.
    public let slug: String
    /// The title; of a question the question.
    public let title: String
    /// A sentence for lists; empty where the title says enough.
    public let summary: String
    /// The day of the text.
    public let day: LocalDate
    /// Codes of the procedures that it is about.
    public let procedures: [String]
    /// Names of the sectors that it is about.
    public let sectors: [String]
    /// The text, in the Markdown of docs/adr/0022.
    public let text: String
}

/// All articles of a folder, in the order of pages.
public struct ArticleShelf: Sendable {
    /// Nothing to read.
    public static let empty = ArticleShelf([])

    /// Guides and questions by title, news with the latest first.
    private let articles: [Article.Kind: [Article]]

    /// A shelf with these.
    public init(_ articles: [Article]) {
        var shelf: [Article.Kind: [Article]] = [:]
        for kind in Article.Kind.allCases {
            let named = VietnameseText.ordered(articles.filter { $0.kind == kind }, by: \.title)
            shelf[kind] = kind == .news ? named.sorted { $0.day > $1.day } : named
        }
        self.articles = shelf
    }

    /// Reads the folders `guides`, `questions` and `news` of a folder; a folder that is missing is empty.
    ///
    /// - Throws: `CatalogueError.wordsRefused` with what is wrong in which file.
    public static func read(folder: String) throws(CatalogueError) -> ArticleShelf {
        var articles: [Article] = []
        let out = FindingCollector(file: folder)
        for kind in Article.Kind.allCases {
            let path = "\(folder)/\(kind.folder)"
            // A province without news has no such folder.
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            for name in names.sorted() where name.hasSuffix(".md") {
                out.file = "\(path)/\(name)"
                let bytes = FileManager.default.contents(atPath: out.file) ?? Data()
                let slug = String(name.dropLast(3))
                if let article = ArticleReader(kind: kind, slug: slug, out: out).read(Array(bytes)) {
                    articles.append(article)
                }
            }
        }
        guard !out.hasErrors else { throw .wordsRefused(out.findings) }
        return ArticleShelf(articles)
    }

    /// The articles of a kind, in order.
    public func all(_ kind: Article.Kind) -> [Article] { articles[kind] ?? [] }

    /// One article by its name in addresses.
    public func article(_ kind: Article.Kind, _ slug: String) -> Article? { all(kind).first { $0.slug == slug } }

    /// Guides and questions about a procedure, or about its sector; those about the procedure itself first.
    public func about(procedure code: String, sector: String, limit: Int = 6) -> [Article] {
        let read = all(.guide) + all(.question)
        let own = read.filter { $0.procedures.contains(code) }
        let near = read.filter { !$0.procedures.contains(code) && $0.procedures.isEmpty && $0.sectors.contains(sector) }
        return Array((own + near).prefix(limit))
    }

    /// Guides and questions about a sector.
    public func about(sector: String, limit: Int = 6) -> [Article] {
        Array((all(.guide) + all(.question)).filter { $0.sectors.contains(sector) }.prefix(limit))
    }
}

/// Reads one file: a few lines of facts between two lines `---`, then the text.
private struct ArticleReader {
    let kind: Article.Kind
    let slug: String
    let out: FindingCollector

    /// Longest text, in bytes.
    static let textLimit = 32 * 1024

    func read(_ bytes: [UInt8]) -> Article? {
        let text = VietnameseText.nfc(String(decoding: bytes.prefix(Self.textLimit + 1), as: UTF8.self))
        let isNamed =
            !slug.isEmpty
            && slug.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
        if !isNamed { refuse(1, "Tên tệp chỉ gồm chữ thường không dấu, chữ số và gạch nối") }
        if bytes.count > Self.textLimit { refuse(1, "Bài dài quá \(Self.textLimit / 1024) kB") }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else {
            refuse(1, "Bài bắt đầu bằng các dòng thông tin giữa hai dòng ---")
            return nil
        }
        let facts = facts(lines[1..<end])
        let body = lines[(end + 1)...].joined(separator: "\n")
        if body.allSatisfy(\.isWhitespace) { refuse(end + 1, "Bài chưa có nội dung") }
        guard let title = facts["title"], !title.isEmpty else {
            refuse(1, "Thiếu title")
            return nil
        }
        guard let day = facts["date"].flatMap({ LocalDate($0) }) else {
            refuse(1, "Thiếu date, hoặc date không phải ngày dạng 2026-03-05")
            return nil
        }
        return Article(
            kind: kind,
            slug: slug,
            title: title,
            summary: facts["summary"] ?? "",
            day: day,
            procedures: list(facts["procedures"]),
            sectors: list(facts["sectors"]),
            text: body
        )
    }

    private static let keys: Set<String> = ["title", "summary", "date", "procedures", "sectors"]

    private func facts(_ lines: ArraySlice<Substring>) -> [String: String] {
        var facts: [String: String] = [:]
        for (place, line) in zip(lines.indices, lines) where !line.allSatisfy(\.isWhitespace) {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let key = String(parts[0]).trimmingSpaces
            guard parts.count == 2, Self.keys.contains(key), facts[key] == nil else {
                refuse(place + 1, "“\(key)” không phải title, summary, date, procedures, sectors, hoặc viết hai lần")
                continue
            }
            facts[key] = String(parts[1]).trimmingSpaces
        }
        return facts
    }

    private func list(_ text: String?) -> [String] {
        (text ?? "").split(separator: ";").map { String($0).trimmingSpaces }.filter { !$0.isEmpty }
    }

    private func refuse(_ line: Int, _ what: String) {
        out.error(.badValue, at: SourcePlace(line: line, column: 1), what, remedy: "Sửa bài rồi khởi động lại.")
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        var rest = drop { $0.isWhitespace }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return String(rest)
    }
}
