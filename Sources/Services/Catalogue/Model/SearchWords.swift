// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Yams

/// What people say instead of the law's words, and the turns of life that lead to procedures.
public struct SearchWords: Sendable {
    /// No synonyms and no life events.
    public static let none = SearchWords(fillers: [], synonyms: [], lifeEvents: [])

    /// Words that a query may hold without any procedure having them: làm, xin, cho.
    let fillers: Set<[UInt8]>
    /// Each: the words people say, and the words to look for instead.
    let synonyms: [(say: [SearchWord], means: [SearchWord])]
    /// The synonyms that begin with a word, by their places.
    private let beginnings: [[UInt8]: [Int]]
    /// The turns of life in the order of the home page.
    public let lifeEvents: [LifeEvent]

    /// Reads `synonyms.yaml` and `life-events.yaml` of a folder.
    ///
    /// - Throws: `CatalogueError.folderUnreadable` when a file is missing, `CatalogueError.wordsRefused` with the
    ///   findings when one is wrong.
    public static func read(folder: String) throws(CatalogueError) -> SearchWords {
        var files: [String: [UInt8]] = [:]
        for name in ["synonyms.yaml", "life-events.yaml"] {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
                throw .folderUnreadable("\(folder)/\(name)")
            }
            files["\(folder)/\(name)"] = Array(data)
        }
        return try SearchWords(
            synonyms: files["\(folder)/synonyms.yaml"] ?? [],
            lifeEvents: files["\(folder)/life-events.yaml"] ?? []
        )
    }

    /// Reads the two files from their bytes.
    ///
    /// - Throws: `CatalogueError.wordsRefused`.
    public init(synonyms: [UInt8], lifeEvents: [UInt8]) throws(CatalogueError) {
        let out = FindingCollector(file: "synonyms.yaml")
        let words = PackText.tree(synonyms, out).flatMap { SectionReader($0, .searchWords, out) }
        let pairs = words?.sections("synonyms") { reader -> [(say: [SearchWord], means: [SearchWord])] in
            let means = SearchWord.words(of: reader.text("means"))
            return reader.texts("say").map { (SearchWord.words(of: $0), means) }
        }
        let fillers = words?.texts("fillers").flatMap { SearchWord.words(of: $0).map(\.folded) }
        out.file = "life-events.yaml"
        let events = PackText.tree(lifeEvents, out).flatMap { SectionReader($0, .lifeEvents, out) }
        let read = events?.sections("lifeEvents") { reader in
            LifeEvent(
                id: reader.identifier("id"),
                name: reader.text("name"),
                help: reader.text("help"),
                procedures: reader.texts("procedures")
            )
        }
        guard !out.hasErrors, let pairs, let fillers, let read else { throw .wordsRefused(out.findings) }
        self.init(fillers: Set(fillers), synonyms: pairs.flatMap(\.self), lifeEvents: read)
    }

    private init(
        fillers: Set<[UInt8]>,
        synonyms: [(say: [SearchWord], means: [SearchWord])],
        lifeEvents: [LifeEvent]
    ) {
        self.fillers = fillers
        self.synonyms = synonyms
        self.lifeEvents = lifeEvents
        let begun = synonyms.indices.filter { !synonyms[$0].say.isEmpty }
        beginnings = Dictionary(grouping: begun) { synonyms[$0].say[0].folded }
    }

    /// The query itself, then with what people say put into the law's words, each saying where it stands first; in the
    /// order of the file, at most `limit` in all.
    func alternatives(of asked: [SearchWord], limit: Int) -> [[SearchWord]] {
        var places: [Int: Int] = [:]
        for start in asked.indices {
            for synonym in beginnings[asked[start].folded] ?? [] where places[synonym] == nil {
                let say = synonyms[synonym].say
                guard start + say.count <= asked.count else { continue }
                if say.indices.allSatisfy({ say[$0].folded == asked[start + $0].folded }) { places[synonym] = start }
            }
        }
        let said = places.sorted { $0.key < $1.key }.prefix(max(0, limit - 1)).map { synonym, start in
            let end = start + synonyms[synonym].say.count
            return Array(asked[..<start]) + synonyms[synonym].means + Array(asked[end...])
        }
        return [asked] + said
    }
}

/// A turn of life and the procedures that it calls for.
public struct LifeEvent: Hashable, Sendable {
    /// The id.
    public let id: String
    /// `Sinh con`.
    public let name: String
    /// A sentence under it.
    public let help: String
    /// Codes of the procedures, in the order of doing; some may not be offered here.
    public let procedures: [String]
}

extension PackSection {
    static let searchWords = PackSection(
        "searchWords",
        "Từ của tìm kiếm",
        .must("fillers", .list(.text(40)), "Từ đệm", "Thủ tục không cần có các từ này để được tìm thấy."),
        .must("synonyms", .list(.section(.synonym)), "Từ đồng nghĩa")
    )
    static let synonym = PackSection(
        "synonym",
        "Từ đồng nghĩa",
        .must("say", .list(.text(100)), "Người dân nói"),
        .must("means", .text(100), "Tìm theo")
    )
    static let lifeEvents = PackSection(
        "lifeEvents",
        "Sự kiện đời sống",
        .must("lifeEvents", .list(.section(.lifeEvent)), "Các sự kiện")
    )
    static let lifeEvent = PackSection(
        "lifeEvent",
        "Sự kiện đời sống",
        .must("id", .identifier, "Tên gọi"),
        .must("name", .text(60), "Tên như ở trang đầu"),
        .must("help", .text(200), "Câu giải thích"),
        .must("procedures", .list(.text(60)), "Mã các thủ tục")
    )
}
