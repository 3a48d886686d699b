// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import WorkingTime

/// One way to file: a channel with its time limit.
public struct SubmissionMethod: Hashable, Sendable {
    /// The channel.
    public let channel: Channel
    /// The length that the law allows, unless the case has its own.
    public let promise: LimitPromise
    /// As the page says it.
    public let description: String
    /// Where the pack says it.
    public let place: SourcePlace
}

extension SubmissionMethod {
    /// The length that the law allows.
    public var timeLimit: TimeLimit { promise.limit }
    /// After this time a dossier counts as received on the next working day; nil = no such rule.
    public var cutOff: LocalTime? { promise.cutOff }
}

/// A paper that a dossier must hold.
public struct RequiredComponent: Hashable, Sendable {
    /// The id within the pack.
    public let id: String
    /// The national code of the paper, where it has one.
    public let nationalCode: String?
    /// What it is.
    public let name: String
    /// A sentence for people: what must be seen on it, what to do without it.
    public let help: String?
    /// The thing as error sentences name it: `ảnh giấy chứng sinh`.
    public let thing: String
    /// In which forms it is taken, and how many of each.
    public let copies: [CopyKind: Int]
    /// Whether it must be given.
    public let required: Requirement
    /// When it is asked for at all; nil = always.
    public let visibleWhen: Condition?
    /// Types of file that are taken online.
    public let accepts: [FileType]
    /// Most files for this paper.
    public let fileLimit: Int
    /// Codes of procedures whose results, held by the applicant, may stand for it.
    public let reusableFrom: [String]
    /// The form to fill in on paper; nil = none beside the pack.
    public let blankForm: PackFile?
    /// How it looks when it is filled in; nil = none beside the pack.
    public let sample: PackFile?
    /// Where the pack says it.
    public let place: SourcePlace
}

extension RequiredComponent {
    /// Whether a file of this media type is taken. A photo of Apple's is kept as a JPEG.
    public func takes(_ mediaType: String) -> Bool {
        accepts.contains { $0.mediaType == mediaType || $0 == .heic && mediaType == FileType.jpg.mediaType }
            || mediaType == FileType.heic.mediaType && accepts.contains(.jpg)
    }

    /// Names the paper and what it takes, for several papers stand on one page.
    public var wrongTypeSentence: String { "\(name): tệp phải là \(typeWords)" }

    /// The types that are taken, as a sentence says them: `PDF, JPG hoặc PNG`.
    public var typeWords: String { FileType.words(accepts) }
}

/// In which form a paper is handed in.
public enum CopyKind: String, PackVocabulary, Hashable, Codable {
    case original, copy, electronic

    /// As slips say it.
    public var vietnamese: String {
        switch self {
        case .original: "bản chính"
        case .copy: "bản sao"
        case .electronic: "bản điện tử"
        }
    }

    /// LoaiBan on national systems: 0, 1, 2.
    public var nationalCode: String {
        switch self {
        case .original: "0"
        case .copy: "1"
        case .electronic: "2"
        }
    }
}

/// Types of file that people hand in.
public enum FileType: String, PackVocabulary, Hashable, Codable {
    case pdf, jpg, png, heic

    /// As a page says it: `PDF`.
    public var vietnamese: String { rawValue.uppercased() }

    /// The endings and the media type, as a file chooser takes them.
    public var accept: String { self == .jpg ? ".jpg,.jpeg,\(mediaType)" : ".\(rawValue),\(mediaType)" }

    /// Several types as a sentence says them: `PDF, JPG hoặc PNG`.
    public static func words(_ types: [FileType]) -> String {
        let words = allCases.filter(types.contains).map(\.vietnamese)
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return "\(words.dropLast().joined(separator: ", ")) hoặc \(last)"
    }

    /// The media type.
    public var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .jpg: "image/jpeg"
        case .png: "image/png"
        case .heic: "image/heic"
        }
    }
}

/// What a procedure issues.
public struct ResultDefinition: Hashable, Sendable {
    /// What it is: `Bản sao trích lục hộ tịch`.
    public let name: String
    /// The national code of the result: `KQ.G15.000031`; nil where it is not known.
    public let nationalCode: String?
    /// What kind of paper.
    public let kind: ResultKind
    /// The template beside the pack.
    public let template: TemplateFile?
    /// What the specialist fills in.
    public let fields: [FormField]
    /// The columns of the agency's book of issued results.
    public let registerFields: [RegisterField]
    /// How results are numbered; nil = without a number.
    public let series: NumberPattern?
    /// Months it is valid; nil = without end.
    public let validMonths: Int?
    /// How it may be given back.
    public let deliveryWays: [DeliveryWay]
    /// Where the pack says it.
    public let place: SourcePlace

    /// The field of this id.
    public func field(_ id: String) -> FormField? { fields.first { $0.id == id } }

    /// The specialist's fields as a form of one page, so that the same checks apply.
    public var draftForm: FormSchema { form(of: fields) }

    /// Some of the fields as a form of one page.
    public func form(of fields: [FormField]) -> FormSchema {
        FormSchema(
            minutes: 1,
            declaration: "",
            pages: [
                FormPage(id: "draft", title: name, help: nil, visibleWhen: nil, fields: fields, place: place)
            ]
        )
    }
}

/// Kinds of result.
public enum ResultKind: String, PackVocabulary, Hashable, Codable {
    case certificate, licence, extract, confirmation, decision

    /// As an administrator reads it.
    public var vietnamese: String {
        switch self {
        case .certificate: "Giấy chứng nhận"
        case .licence: "Giấy phép"
        case .extract: "Trích lục"
        case .confirmation: "Giấy xác nhận"
        case .decision: "Quyết định"
        }
    }
}

/// A template of a pack: Mustache text that gives blocks.
public struct TemplateFile: Hashable, Sendable {
    /// The file name, beside `procedure.yaml`.
    public let fileName: String
    /// The text.
    public let text: String
}

/// How a series of numbers is written: `{seq:2}/{yyyy}/TL-BS`.
public struct NumberPattern: Hashable, Sendable {
    /// The pattern: `{seq}` or `{seq:n}` (at least n digits), `{yyyy}`, `{yy}` and plain text.
    public let pattern: String

    /// Accepts a pattern with exactly one `{seq}` and no unknown word in braces; nil otherwise.
    init?(_ pattern: String) {
        guard let parts = NumberPattern.parts(pattern) else { return nil }
        guard parts.filter({ if case .sequence = $0 { true } else { false } }).count == 1 else { return nil }
        self.pattern = pattern
    }

    /// The number as printed; the series starts anew each year.
    public func text(sequence: Int64, day: LocalDate) -> String {
        (NumberPattern.parts(pattern) ?? []).map { part in
            switch part {
            case .plain(let text): text
            case .sequence(let width): String(sequence, paddedTo: width)
            case .year: String(day.year, paddedTo: 4)
            case .shortYear: String(day.year % 100, paddedTo: 2)
            }
        }
        .joined()
    }

    private enum Part {
        case plain(String), sequence(width: Int), year, shortYear
    }

    private static func parts(_ pattern: String) -> [Part]? {
        var parts: [Part] = []
        var rest = Substring(pattern)
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else { return nil }
            parts.append(.plain(String(rest[..<open])))
            let word = rest[rest.index(after: open)..<close]
            switch word {
            case "seq": parts.append(.sequence(width: 1))
            case "yyyy": parts.append(.year)
            case "yy": parts.append(.shortYear)
            default:
                guard word.hasPrefix("seq:"), let width = Int(word.dropFirst(4)), (1...12).contains(width) else {
                    return nil
                }
                parts.append(.sequence(width: width))
            }
            rest = rest[rest.index(after: close)...]
        }
        guard !rest.contains("}") else { return nil }
        return parts + [.plain(String(rest))]
    }
}

/// A case that the checker plays through: given this, expect that.
public struct PackExample: Hashable, Sendable {
    /// What it shows.
    public let name: String
    /// How the dossier comes in.
    public let channel: Channel
    /// The moment of receipt.
    public let receivedAt: Instant
    /// What is typed.
    public let answers: FormAnswers
    /// The id of the lengthening that is taken while it is worked on; nil = none.
    public let lengthening: String?
    /// What must come of it.
    public let expect: Expectation
    /// Where the pack says it.
    public let place: SourcePlace

    /// What an example expects; nil = not asked.
    public struct Expectation: Hashable, Sendable {
        /// Everything to pay.
        public let fee: VND?
        /// The id of the case that the answers make.
        public let variant: String?
        /// Ids of the papers that must be given.
        public let components: [String]?
        /// The promised moment.
        public let dueAt: Instant?
        /// Ids of the steps from first to decision.
        public let path: [String]?
        /// Field id → sentence; empty or nil = the answers are sound.
        public let problems: [String: String]?
    }
}
