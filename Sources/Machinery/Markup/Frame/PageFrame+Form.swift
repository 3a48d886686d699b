// SPDX-License-Identifier: Apache-2.0

/// What one form asks of its frame.
public struct FormShape: Sendable {
    /// Where it is sent, by POST.
    public var action: String
    /// The id, when controls outside the form belong to it.
    public var id: String?
    /// The key by which a second arrival gets the first answer; nil where a repeat does no harm.
    public var idempotencyKey: String?
    /// The version of the object that the author of the form saw; nil where nothing can be overtaken.
    public var version: Int?
    /// True when files are sent.
    public var isMultipart: Bool
    /// Where the script saves the answers at each pause; nil without autosave.
    public var autosaveAction: String?
    /// True when the script sends chosen files at once.
    public var sendsFilesAtOnce: Bool
    /// Where the script begins an upload that goes on after a cut; nil where files are sent with the form alone.
    public var resumeAction: String?

    /// What one form asks of its frame.
    public init(
        action: String,
        id: String? = nil,
        idempotencyKey: String? = nil,
        version: Int? = nil,
        isMultipart: Bool = false,
        autosaveAction: String? = nil,
        sendsFilesAtOnce: Bool = false,
        resumeAction: String? = nil
    ) {
        self.action = action
        self.id = id
        self.idempotencyKey = idempotencyKey
        self.version = version
        self.isMultipart = isMultipart
        self.autosaveAction = autosaveAction
        self.sendsFilesAtOnce = sendsFilesAtOnce
        self.resumeAction = resumeAction
    }
}

extension PageFrame {
    /// A form that is sent by POST, with the session's token (`_csrf`), the key (`_key`) and the version (`_version`).
    ///
    /// The token stands before everything else, so that a streamed answer can be checked before a file is read.
    public func form(_ shape: FormShape, _ content: HTML) -> HTML {
        """
        <form method="post"\(action: shape.action)\(attribute: "id", shape.id) novalidate\
        \(attribute: "enctype", shape.isMultipart ? "multipart/form-data" : nil)\
        \(attribute: "data-autosave", shape.autosaveAction)\(flag: "data-upload", shape.sendsFilesAtOnce)\
        \(attribute: "data-resume", shape.resumeAction)>\
        <input type="hidden" name="_csrf" value="\(csrfToken)">\
        \(ifLet: shape.idempotencyKey, { "<input type=\"hidden\" name=\"_key\" value=\"\($0)\">" })\
        \(ifLet: shape.version, { "<input type=\"hidden\" name=\"_version\" value=\"\($0)\">" })
        \(content)
        </form>
        """
    }

    /// A form that asks by GET: its whole state stands in the address.
    public func searchForm(action: String, id: String? = nil, _ content: HTML) -> HTML {
        "<form method=\"get\"\(action: action)\(attribute: "id", id) novalidate role=\"search\">\(content)</form>"
    }
}
