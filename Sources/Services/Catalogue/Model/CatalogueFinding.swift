// SPDX-License-Identifier: Apache-2.0

/// A place in a file of a pack, both from 1; columns count Unicode scalars.
public struct SourcePlace: Hashable, Sendable, Codable, Comparable {
    /// Line, from 1.
    public let line: Int
    /// Column, from 1.
    public let column: Int

    /// The place at this line and column.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The beginning of a file.
    public static let start = SourcePlace(line: 1, column: 1)

    public static func < (earlier: SourcePlace, later: SourcePlace) -> Bool {
        (earlier.line, earlier.column) < (later.line, later.column)
    }
}

/// Whether a finding stops the pack.
public enum FindingGrade: String, Hashable, Sendable, Codable {
    /// The pack is not used until it is mended.
    case error
    /// The pack is used; a person should look.
    case warning

    /// As a report says it.
    public var vietnamese: String {
        switch self {
        case .error: "lỗi"
        case .warning: "lưu ý"
        }
    }
}

/// The rules that a pack is held against. The raw value is stable: it is printed, searched for and tested.
public enum PackRule: String, CaseIterable, Hashable, Sendable, Codable {
    // The file.
    case fileMissing = "file-missing"
    case fileTooLarge = "file-too-large"
    case notUTF8 = "not-utf8"
    case notNFC = "not-nfc"
    case controlCharacter = "control-character"
    case syntax = "syntax"
    case tooDeep = "too-deep"
    case aliasRefused = "alias-refused"
    // The words.
    case duplicateKey = "duplicate-key"
    case unknownKey = "unknown-key"
    case missingKey = "missing-key"
    case wrongShape = "wrong-shape"
    case badValue = "bad-value"
    case emptyText = "empty-text"
    case textTooLong = "text-too-long"
    case listTooLong = "list-too-long"
    case duplicateName = "duplicate-name"
    // The procedure.
    case duplicateCode = "duplicate-code"
    case repealedCode = "repealed-code"
    case codeMismatch = "code-mismatch"
    case validityOrder = "validity-order"
    case unknownReference = "unknown-reference"
    case missingInformation = "missing-information"
    case unverifiedFact = "unverified-fact"
    case levelTooHigh = "level-too-high"
    case targetMisfit = "target-misfit"
    case costMisfit = "cost-misfit"
    case channelWithoutForm = "channel-without-form"
    case paperNobodyCanGive = "paper-nobody-can-give"
    // The form.
    case unknownField = "unknown-field"
    case fieldNotYetKnown = "field-not-yet-known"
    case conditionMisfit = "condition-misfit"
    case fieldMisfit = "field-misfit"
    case neverHolds = "never-holds"
    case alreadyHeld = "already-held"
    // The fees.
    case feeGap = "fee-gap"
    case feeOverlap = "fee-overlap"
    case feeNeverReached = "fee-never-reached"
    // The workflow.
    case deadEnd = "dead-end"
    case unreachableStep = "unreachable-step"
    case roleCannotAct = "role-cannot-act"
    case sharesOverLimit = "shares-over-limit"
    case lengtheningMisfit = "lengthening-misfit"
    case consultationOverLimit = "consultation-over-limit"
    // Result, letters, examples.
    case templateMissing = "template-missing"
    case templateSyntax = "template-syntax"
    case templateUnknownName = "template-unknown-name"
    case templateNotDrawn = "template-not-drawn"
    case exampleMissing = "example-missing"
    case exampleFails = "example-fails"
    // The report.
    case tooManyCases = "too-many-cases"
    case moreFindings = "more-findings"
}

/// What the checker has to say about one place of a pack: what is wrong and how to mend it, in Vietnamese.
public struct CatalogueFinding: Hashable, Sendable, Codable {
    /// The file, as given to the loader: `procedures/2.000635/procedure.yaml`.
    public let file: String
    /// Where in the file.
    public let place: SourcePlace
    /// Which rule.
    public let rule: PackRule
    /// Whether it stops the pack.
    public let grade: FindingGrade
    /// What is wrong.
    public let text: String
    /// How to mend it.
    public let remedy: String

    /// Whether the pack is stopped by this.
    public var isError: Bool { grade == .error }
}

extension CatalogueFinding {
    /// Of two packs with one code neither is used; where it is known, the other one is named.
    public static func duplicateCode(_ code: String, of source: PackSource, at other: String? = nil) -> CatalogueFinding
    {
        CatalogueFinding(
            file: "\(source.path)/\(PackSource.mainFile)",
            place: .start,
            rule: .duplicateCode,
            grade: .error,
            text: "Mã thủ tục “\(code)” có ở nhiều gói\(other.map { ", trước đó ở \($0)" } ?? "").",
            remedy: "Giữ lại một gói cho mỗi mã."
        )
    }
}

extension CatalogueFinding: CustomStringConvertible {
    /// `procedure.yaml:14:3: lỗi [unknown-key]: … Cách sửa: …`
    public var description: String {
        "\(file):\(place.line):\(place.column): \(grade.vietnamese) [\(rule.rawValue)]: \(text) Cách sửa: \(remedy)"
    }
}

/// Gathers the findings about one pack. Not shared between threads: a pack is read by one.
///
/// Errors and warnings have a limit each, so that no number of warnings hides an error.
final class FindingCollector {
    /// More findings of one grade than this are only counted: nobody mends the 201st from the same report.
    static let limit = 200

    private var told: [CatalogueFinding] = []
    private var counts: [FindingGrade: Int] = [:]
    /// The file that is being read.
    var file: String
    /// Whether what is read is judged for publication, and not only read.
    let isStrict: Bool

    init(file: String, isStrict: Bool = false) {
        (self.file, self.isStrict) = (file, isStrict)
    }

    var hasErrors: Bool { counts[.error] != nil }

    /// What was found; where there was more of a grade than is told, how much more.
    var findings: [CatalogueFinding] {
        told
            + [FindingGrade.error, .warning].compactMap { grade in
                guard let more = counts[grade].map({ $0 - FindingCollector.limit }), more > 0,
                    let last = told.last(where: { $0.grade == grade })
                else { return nil }
                return CatalogueFinding(
                    file: last.file,
                    place: last.place,
                    rule: .moreFindings,
                    grade: grade,
                    text: "Còn \(more) \(grade.vietnamese) nữa không kể ra ở đây.",
                    remedy: "Sửa các \(grade.vietnamese) đã kể rồi kiểm tra lại."
                )
            }
    }

    func error(_ rule: PackRule, at place: SourcePlace, _ text: String, remedy: String) {
        add(rule, .error, place, text, remedy)
    }

    func warning(_ rule: PackRule, at place: SourcePlace, _ text: String, remedy: String) {
        add(rule, .warning, place, text, remedy)
    }

    private func add(_ rule: PackRule, _ grade: FindingGrade, _ place: SourcePlace, _ text: String, _ remedy: String) {
        counts[grade, default: 0] += 1
        guard counts[grade, default: 0] <= FindingCollector.limit else { return }
        told.append(
            CatalogueFinding(file: file, place: place, rule: rule, grade: grade, text: text, remedy: remedy)
        )
    }
}
