// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Why a document could not be made.
public enum PaperError: Presentable, Hashable {
    /// The chosen family is not installed, or fontconfig would silently take another one.
    case fontMissing(family: String, found: String)
    /// The family lacks letters that Vietnamese needs.
    case fontIncomplete(family: String, missing: String)
    /// The text form of the blocks breaks a rule of `docs/block-language.md`.
    case blockSyntax(line: Int, reason: String)
    /// A document, a table or a text is over its limit.
    case tooLarge(what: String, limit: Int)
    /// A text does not fit into a QR code.
    case codeTooLong(bytes: Int)
    /// A link is no http, https, mailto or tel address.
    case linkRefused(String)
    /// There is no template of this name.
    case templateMissing(String)
    /// A template is not the Mustache that we allow.
    case templateSyntax(template: String, line: Int, reason: String)
    /// A tag of a template has no value.
    case unknownTag(template: String, tag: String)
    /// A tag is used as a section and its value is no list, record, flag or text, or the other way round.
    case wrongKind(template: String, tag: String)
    /// A file could not be read.
    case unreadable(path: String)
    /// The drawing library reported a failure.
    case drawing(String)

    /// A stable name of the kind of failure.
    public var code: String {
        switch self {
        case .fontMissing: "paper-font-missing"
        case .fontIncomplete: "paper-font-incomplete"
        case .blockSyntax: "paper-block-syntax"
        case .tooLarge: "paper-too-large"
        case .codeTooLong: "paper-code-too-long"
        case .linkRefused: "paper-link-refused"
        case .templateMissing: "paper-template-missing"
        case .templateSyntax: "paper-template-syntax"
        case .unknownTag: "paper-unknown-tag"
        case .wrongKind: "paper-wrong-kind"
        case .unreadable: "paper-unreadable"
        case .drawing: "paper-drawing"
        }
    }

    /// 500: papers are made by us, from our templates; only size is the author's.
    public var status: Int {
        if case .tooLarge = self { return 422 }
        return 500
    }

    /// What the person is told; the inside stays inside.
    public var publicDetail: String? {
        if case .tooLarge = self { return "Văn bản quá dài, rút ngắn nội dung rồi tạo lại." }
        return "Chưa tạo được văn bản. Nội dung đã được lưu, hãy mở lại sau ít phút."
    }
}
