// SPDX-License-Identifier: Apache-2.0

/// How much an error concerns the operator.
public enum Severity: String, Sendable {
    /// Expected in daily work: a wrong input, a stale page.
    case notice
    /// Worth a look: a refused access, a peer that does not answer.
    case warning
    /// Something of ours failed.
    case critical
}

/// An error that the edge can show. Pages and problem details are made from it in one place, the sites' edge.
public protocol Presentable: Error, Sendable {
    /// Stable, kebab-case, for machines and support: `dossier-changed`.
    var code: String { get }
    /// HTTP status: 409 for state, 422 for content, 403, 404, 413, 503 …
    var status: Int { get }
    /// How much it concerns the operator.
    var severity: Severity { get }
    /// What the person is told, in Vietnamese, with what to do next; nil when the inside must not be told.
    var publicDetail: String? { get }
    /// The field or paper that it is about; nil when it is about the whole.
    var field: String? { get }
    /// Everything that must be mended, where that is more than one thing; empty otherwise.
    var faults: [FieldFault] { get }
}

/// One thing to mend in what was sent.
public struct FieldFault: Sendable, Hashable, Codable {
    /// The field or paper.
    public var field: String
    /// What to do, in Vietnamese.
    public var detail: String

    /// A fault of this field.
    public init(field: String, detail: String) {
        self.field = field
        self.detail = detail
    }
}

extension Presentable {
    public var severity: Severity { status >= 500 ? .critical : .notice }
    public var field: String? { nil }
    public var faults: [FieldFault] { [] }
}
