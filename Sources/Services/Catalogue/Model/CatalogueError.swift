// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Kernel

/// Why a command or query of the catalogue fails.
public enum CatalogueError: Error, Hashable, Sendable {
    /// There is no such folder of packs, or it cannot be listed.
    case folderUnreadable(String)
    /// A folder cannot be made, or a file in it not be written.
    case folderUnwritable(String)
    /// No version of this procedure is in force.
    case unknownProcedure(String)
    /// No such version was ever published here.
    case unknownVersion(Digest)
    /// A pack with errors is not published; the findings say what to mend.
    case packRefused([CatalogueFinding])
    /// A published version that this release can no longer read.
    case unreadableVersion(Digest)
    /// Only administrators of the authority keep the book of packs.
    case notAllowed
    /// A code has letters without marks, digits, dots and underscores.
    case codeMalformed(String)
    /// A new procedure needs a code of its own.
    case codeTaken(String)
    /// There is a draft of this code already.
    case draftExists(String)
    /// There is no draft of this code.
    case unknownDraft(String)
    /// Somebody changed the draft meanwhile.
    case draftChanged(at: Instant)
    /// The files cannot be kept; the text says why.
    case draftRefused(String)
    /// There is no state before, or after.
    case noEarlierState
    /// The text has no such fact.
    case unknownFact
    /// Facts that nobody has compared with the official text keep a pack from being published.
    case unverifiedFacts([PackFact])
    /// Facts that cannot be compared with anything, each with its hindrance.
    case placeholderFacts([PackFact])
    /// What was asked for is so already.
    case nothingChanged
    /// The text of an earlier version does not hold today.
    case notInForce(LocalDate?)
    /// The day has passed.
    case dayPassed
    /// Something must be written here.
    case textMissing(CatalogueField)
    /// Too much was written here.
    case textTooLong(CatalogueField)
    /// `resources/synonyms.yaml` or `resources/life-events.yaml` cannot be used.
    case wordsRefused([CatalogueFinding])
}

/// What a person writes with an act on the book of packs; the raw value is the name of the field.
public enum CatalogueField: String, Hashable, Sendable {
    /// Why a version is published, rolled back or retired.
    case reason
    /// The text that facts were compared with.
    case seenSource = "seen"
    /// The name of a new procedure.
    case procedureName = "name"

    /// Most characters.
    public var limit: Int {
        switch self {
        case .reason: 1_000
        case .seenSource: 500
        case .procedureName: 300
        }
    }

    var vietnamese: String {
        switch self {
        case .reason: "lý do"
        case .seenSource: "văn bản đã đối chiếu"
        case .procedureName: "tên thủ tục"
        }
    }
}

extension CatalogueError: Presentable {
    public var code: String {
        switch self {
        case .folderUnreadable: "catalogue-folder-unreadable"
        case .folderUnwritable: "catalogue-folder-unwritable"
        case .unknownProcedure: "procedure-unknown"
        case .unknownVersion: "procedure-version-unknown"
        case .packRefused: "pack-refused"
        case .unreadableVersion: "procedure-version-unreadable"
        case .wordsRefused: "words-refused"
        case .notAllowed: "catalogue-not-allowed"
        case .codeMalformed: "procedure-code-malformed"
        case .codeTaken: "procedure-code-taken"
        case .draftExists: "pack-draft-exists"
        case .unknownDraft: "pack-draft-unknown"
        case .draftChanged: "pack-draft-changed"
        case .draftRefused: "pack-draft-refused"
        case .noEarlierState: "pack-draft-no-state"
        case .unknownFact: "pack-fact-unknown"
        case .unverifiedFacts: "pack-facts-unverified"
        case .placeholderFacts: "pack-facts-placeholder"
        case .nothingChanged: "catalogue-nothing-changed"
        case .notInForce: "procedure-version-not-in-force"
        case .dayPassed: "catalogue-day-passed"
        case .textMissing: "catalogue-text-missing"
        case .textTooLong: "catalogue-text-too-long"
        }
    }

    public var status: Int {
        switch self {
        case .folderUnreadable, .folderUnwritable, .unreadableVersion, .wordsRefused: 500
        case .unknownProcedure, .unknownVersion, .unknownDraft: 404
        case .notAllowed: 403
        case .codeTaken, .draftExists, .draftChanged, .noEarlierState, .unknownFact, .nothingChanged, .notInForce: 409
        case .packRefused, .codeMalformed, .draftRefused, .textMissing, .textTooLong, .unverifiedFacts,
            .placeholderFacts,
            .dayPassed:
            422
        }
    }

    public var publicDetail: String? {
        switch self {
        case .folderUnreadable, .unreadableVersion, .wordsRefused: nil
        case .unknownProcedure: "Không có thủ tục này. Tìm lại theo tên thủ tục."
        case .unknownVersion: "Không có bản này của thủ tục."
        case .packRefused(let findings):
            "Gói thủ tục còn \(findings.count(where: \.isError)) lỗi: sửa theo danh sách rồi xuất bản lại."
        default: draftDetail
        }
    }

    /// What is said about drafts and the acts on them.
    private var draftDetail: String? {
        switch self {
        case .notAllowed: "Chỉ quản trị viên của cơ quan chủ quản được soạn và xuất bản thủ tục."
        case .codeMalformed(let code):
            "Mã thủ tục “\(code.prefix(60))” chỉ được gồm chữ không dấu, số, dấu chấm và gạch dưới."
        case .codeTaken(let code): "Mã \(code) đã có thủ tục. Chọn mã khác, hoặc sửa thủ tục đó."
        case .draftExists(let code): "Thủ tục \(code) đang có bản nháp. Mở bản nháp đó để sửa tiếp."
        case .unknownDraft: "Không có bản nháp này. Có thể nó vừa được xuất bản hoặc bỏ đi."
        case .draftChanged(let at):
            "Bản nháp đã được người khác sửa lúc \(at.vietnamese). Mở lại để xem bản mới rồi sửa tiếp."
        case .draftRefused(let text): text
        case .noEarlierState: "Không còn thay đổi nào để lùi lại hay làm lại."
        case .unknownFact: "Nội dung cần đối chiếu không còn trong bản nháp. Mở lại danh sách."
        case .unverifiedFacts(let facts):
            "Còn \(facts.count) nội dung chưa đối chiếu với văn bản gốc. Xác nhận từng nội dung rồi xuất bản."
        case .placeholderFacts(let facts):
            facts.prefix(3).map(\.label).joined(separator: ", ")
                + (facts.count > 3 ? " và \(facts.count - 3) nội dung nữa" : "")
                + " \(facts.first?.hindrance?.vietnamese ?? ""): ghi tên văn bản và nguồn thật trước, rồi mới xác nhận."
        case .nothingChanged: "Việc này đã được làm rồi, không có gì thay đổi."
        case .folderUnwritable(let folder): "Không ghi được vào thư mục \(folder)."
        case .notInForce(let last):
            last.map { "Bản này hết hiệu lực từ sau ngày \($0.vietnamese): không quay lại được." }
                ?? "Bản này hôm nay không có hiệu lực: không quay lại được."
        case .dayPassed: "Ngày ngừng cung cấp phải từ hôm nay trở đi."
        case .textMissing(let field): "Chưa ghi \(field.vietnamese)."
        case .textTooLong(let field): "Phần \(field.vietnamese) dài quá \(field.limit) ký tự: viết gọn lại."
        default: nil
        }
    }

    public var field: String? {
        switch self {
        case .textMissing(let field), .textTooLong(let field): field.rawValue
        case .codeMalformed, .codeTaken: "code"
        case .dayPassed: "from"
        default: nil
        }
    }
}
