// SPDX-License-Identifier: Apache-2.0

import Kernel

/// Where a word stands in a listing; the better place counts.
enum SearchPlace: UInt8, CaseIterable {
    case summary, resultOrSector, keyword, name

    /// How much a word counts there.
    var weight: Double {
        switch self {
        case .summary: 1
        case .resultOrSector: 1.5
        case .keyword: 3
        case .name: 4
        }
    }
}

/// How a word of a query meets a word of a listing.
enum WordMatch: UInt8, CaseIterable {
    /// One slip apart, both of four letters or more; marks that were typed count as letters.
    case slip
    /// The listing's word begins with it.
    case beginning
    /// The same letters with other marks.
    case otherMarks
    /// The same letters, typed without marks.
    case withoutMarks
    /// The same letters with the same marks.
    case exact

    /// Whether it is the word itself, with whatever marks: what begins with it or is a slip away is a guess.
    var isWord: Bool { rawValue >= WordMatch.otherMarks.rawValue }

    /// How much of the word's weight it is worth.
    var factor: Double {
        switch self {
        case .slip: 0.5
        case .beginning: 0.7
        case .otherMarks: 0.8
        case .withoutMarks: 1
        case .exact: 1.3
        }
    }
}

/// The words of all listings, sorted, each with the listings that have it.
///
/// A word of a query is looked up once; what it meets is a short list of words, and their listings are marked in one
/// row of bytes. A byte has the rank of (place × match) in its low bits, so that the better of two is the greater one,
/// and above them a bit that tells whether the word itself is there. 0 = neither it nor a guess at it.
final class SearchIndex: Sendable {
    /// The bit for the word itself.
    static let isWord: UInt8 = 0x40
    /// The bits of the rank, which is a place in `values`.
    static let rank: UInt8 = 0x3F
    /// What a rank is worth.
    static let values: [Double] = [0] + ranked
    private static let ranked: [Double] = {
        let products = SearchPlace.allCases.flatMap { place in WordMatch.allCases.map { place.weight * $0.factor } }
        return Array(Set(products)).sorted()
    }()
    /// The byte of a match in a place: `bytes[match * 4 + place]`.
    private static let bytes: [UInt8] = WordMatch.allCases.flatMap { match in
        SearchPlace.allCases.map { place in
            UInt8((ranked.firstIndex(of: place.weight * match.factor) ?? 0) + 1) | (match.isWord ? isWord : 0)
        }
    }

    /// How many listings there are.
    let count: Int
    /// Folded words in byte order: `letters[letterStarts[word]..<letterStarts[word + 1]]`.
    private let letters: [UInt8]
    private let letterStarts: [UInt32]
    /// Which letters a word has, one bit each: a slip changes two at most.
    private let signatures: [UInt64]
    /// The forms of a word with their marks: `forms[formStarts[word]..<formStarts[word + 1]]`.
    private let formStarts: [UInt32]
    private let forms: [[Unicode.Scalar]]
    /// Listings of a form, each with the place in the lowest two bits.
    private let postingStarts: [UInt32]
    private let postings: [UInt32]
    /// The forms of a listing's name, in order, and the word of each form.
    private let nameStarts: [UInt32]
    private let names: [UInt32]
    private let wordOfForm: [UInt32]

    init(_ listings: [ProcedureListing]) {
        count = listings.count
        var draft = SearchIndexDraft()
        for (number, listing) in listings.enumerated() { draft.add(listing, UInt32(number)) }
        let order = draft.words.indices.sorted {
            draft.words[$0].folded.lexicographicallyPrecedes(draft.words[$1].folded)
        }
        var letters: [UInt8] = []
        var (letterStarts, formStarts, postingStarts): ([UInt32], [UInt32], [UInt32]) = ([0], [0], [0])
        var forms: [[Unicode.Scalar]] = []
        var (postings, wordOfForm): ([UInt32], [UInt32]) = ([], [])
        var place = [UInt32](repeating: 0, count: draft.formCount)
        for (word, old) in order.enumerated() {
            letters += draft.words[old].folded
            letterStarts.append(UInt32(letters.count))
            for form in draft.words[old].forms {
                place[Int(form.number)] = UInt32(forms.count)
                forms.append(form.accented)
                wordOfForm.append(UInt32(word))
                postings += form.postings
                postingStarts.append(UInt32(postings.count))
            }
            formStarts.append(UInt32(forms.count))
        }
        (self.letters, self.letterStarts, self.formStarts) = (letters, letterStarts, formStarts)
        (self.forms, self.wordOfForm, self.postings, self.postingStarts) = (forms, wordOfForm, postings, postingStarts)
        signatures = order.map { Self.signature(draft.words[$0].folded) }
        names = draft.names.map { place[Int($0)] }
        nameStarts = draft.nameStarts
    }

    /// Bytes in memory, without what the allocator adds.
    var sizeBytes: Int {
        let numbers = [letterStarts, formStarts, postingStarts, postings, nameStarts, names, wordOfForm]
        return letters.count + signatures.count * 8 + numbers.reduce(0) { $0 + $1.count * 4 }
            + forms.reduce(0) { $0 + 40 + $1.count * 4 }
    }

    /// How many different folded words there are.
    var wordCount: Int { signatures.count }

    // MARK: - Words

    private static func signature(_ word: [UInt8]) -> UInt64 { word.reduce(0) { $0 | 1 << UInt64($1 & 63) } }

    private func letters(of word: Int) -> ArraySlice<UInt8> {
        letters[Int(letterStarts[word])..<Int(letterStarts[word + 1])]
    }

    private func length(of word: Int) -> Int { Int(letterStarts[word + 1] - letterStarts[word]) }

    private func begins(_ word: Int, with asked: [UInt8]) -> Bool {
        let start = Int(letterStarts[word])
        guard length(of: word) >= asked.count else { return false }
        for place in asked.indices where letters[start + place] != asked[place] { return false }
        return true
    }

    /// The first word that does not stand before these letters.
    private func firstWord(notBefore asked: [UInt8]) -> Int {
        var (low, high) = (0, signatures.count)
        while low < high {
            let middle = (low + high) / 2
            if letters(of: middle).lexicographicallyPrecedes(asked) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The word with exactly these letters.
    func word(_ folded: [UInt8]) -> Int? {
        let place = firstWord(notBefore: folded)
        return place < signatures.count && letters(of: place).elementsEqual(folded) ? place : nil
    }

    /// The form of a word with exactly these marks.
    func form(_ word: Int, _ accented: [Unicode.Scalar]) -> Int? {
        (Int(formStarts[word])..<Int(formStarts[word + 1])).first { forms[$0] == accented }
    }

    /// Marks in a row every listing that has a word which `asked` meets: one byte each, see `values`.
    func mark(_ asked: SearchWord, _ row: inout MutableSpan<UInt8>) {
        let folded = asked.folded
        let first = firstWord(notBefore: folded)
        var past = first
        while past < signatures.count, begins(past, with: folded) {
            if length(of: past) == folded.count {
                for form in Int(formStarts[past])..<Int(formStarts[past + 1]) {
                    let match: WordMatch =
                        !asked.hasMarks ? .withoutMarks : forms[form] == asked.accented ? .exact : .otherMarks
                    mark(&row, forms: form..<form + 1, match)
                }
            } else if folded.count >= 2 {
                mark(&row, forms: Int(formStarts[past])..<Int(formStarts[past + 1]), .beginning)
            } else {
                break  // one letter begins too many words to mean one
            }
            past += 1
        }
        if folded.count >= 4 { markSlips(&row, asked, except: first..<past) }
    }

    private func markSlips(_ row: inout MutableSpan<UInt8>, _ asked: SearchWord, except known: Range<Int>) {
        let folded = asked.folded
        let signature = Self.signature(folded)
        for word in signatures.indices where (signatures[word] ^ signature).nonzeroBitCount <= 2 {
            let length = length(of: word)
            guard length >= 4, abs(length - folded.count) <= 1, !known.contains(word) else { continue }
            guard EditDistance.isWithinOne(folded, Array(letters(of: word))) else { continue }
            for form in Int(formStarts[word])..<Int(formStarts[word + 1])
            where !asked.hasMarks || EditDistance.isWithinOne(asked.accented, forms[form]) {
                mark(&row, forms: form..<form + 1, .slip)
            }
        }
    }

    private func mark(_ row: inout MutableSpan<UInt8>, forms: Range<Int>, _ match: WordMatch) {
        let base = Int(match.rawValue) * SearchPlace.allCases.count
        // Four bytes, one for each place.
        let worth = (0..<4).reduce(UInt32(0)) { $0 | UInt32(Self.bytes[base + $1]) << UInt32($1 * 8) }
        let range = Int(postingStarts[forms.lowerBound])..<Int(postingStarts[forms.upperBound])
        for posting in postings[range] {
            let byte = UInt8(truncatingIfNeeded: worth >> ((posting & 3) * 8))
            let listing = Int(posting >> 2)
            let known = row[listing]
            row[listing] = max(known & Self.rank, byte & Self.rank) | (known | byte) & Self.isWord
        }
    }

    // MARK: - Names

    /// The words of a query standing together in a name; once more when their marks are the same. Each word comes as
    /// its place and form in this index, the form nil where no listing has it.
    func phraseBonus(_ asked: [(word: UInt32, form: UInt32?)], in listing: Int) -> Double {
        let name = names[Int(nameStarts[listing])..<Int(nameStarts[listing + 1])]
        guard asked.count <= name.count else { return 0 }
        var best = 0.0
        for start in name.startIndex...(name.endIndex - asked.count) where wordOfForm[Int(name[start])] == asked[0].word
        {
            var (isThere, isExact) = (true, true)
            for (offset, word) in asked.enumerated() {
                let form = name[start + offset]
                if wordOfForm[Int(form)] != word.word {
                    isThere = false
                    break
                }
                if word.form != form { isExact = false }
            }
            guard isThere else { continue }
            best = max(best, (isExact ? 2 : 1) + (start == name.startIndex ? 0.2 : 0))
        }
        return best
    }
}

/// What the index is made of while listings come in.
private struct SearchIndexDraft {
    struct Form {
        let number: UInt32
        let accented: [Unicode.Scalar]
        var postings: [UInt32] = []
    }

    struct Word {
        let folded: [UInt8]
        var forms: [Form] = []
    }

    var words: [Word] = []
    var names: [UInt32] = []
    var nameStarts: [UInt32] = [0]
    var formCount = 0
    /// Where the form of a word stands in `words`.
    private var places: [SearchWord: (word: Int, form: Int)] = [:]
    private var foldedPlaces: [[UInt8]: Int] = [:]

    mutating func add(_ listing: ProcedureListing, _ number: UInt32) {
        let name = SearchWord.words(of: listing.name)
        let parts: [([SearchWord], SearchPlace)] = [
            (name, .name), (listing.keywords.flatMap(SearchWord.words), .keyword),
            (SearchWord.words(of: listing.sector.name), .resultOrSector),
            (SearchWord.words(of: listing.resultName), .resultOrSector),
            (SearchWord.words(of: listing.summary), .summary),
        ]
        var best: [SearchWord: SearchPlace] = [:]
        for (words, place) in parts {
            for word in words where (best[word]?.rawValue ?? 0) <= place.rawValue { best[word] = place }
        }
        for (word, place) in best {
            let at = self.place(of: word)
            words[at.word].forms[at.form].postings.append(number << 2 | UInt32(place.rawValue))
        }
        for word in name {
            let at = place(of: word)
            names.append(words[at.word].forms[at.form].number)
        }
        nameStarts.append(UInt32(names.count))
    }

    private mutating func place(of word: SearchWord) -> (word: Int, form: Int) {
        if let known = places[word] { return known }
        let at: Int
        if let known = foldedPlaces[word.folded] {
            at = known
        } else {
            at = words.count
            foldedPlaces[word.folded] = at
            words.append(Word(folded: word.folded))
        }
        words[at].forms.append(Form(number: UInt32(formCount), accented: word.accented))
        formCount += 1
        let place = (at, words[at].forms.count - 1)
        places[word] = place
        return place
    }
}
