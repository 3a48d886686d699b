// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import Hummingbird
public import Kernel

/// A refusal for machines (RFC 9457), `application/problem+json`.
public struct ProblemDetails: Codable, Sendable, Equatable {
    /// A stable address that names the kind of problem.
    public var type: String
    /// The kind in few words, the same for every occurrence.
    public var title: String
    /// The HTTP status.
    public var status: Int
    /// What this person can do about it; absent when the inside must not be told.
    public var detail: String?
    /// The stable code of the error.
    public var code: String
    /// The number under which the log knows this request.
    public var requestID: String
    /// The field or paper that it is about.
    public var field: String?
    /// Everything that must be mended, where that is more than one thing.
    public var errors: [FieldFault]?

    /// The facts of a failure as a problem.
    public init(_ facts: FailureFacts) {
        type = "urn:motcua:problem:\(facts.code)"
        title = facts.code
        status = facts.status
        detail = facts.publicDetail
        code = facts.code
        requestID = facts.requestID
        field = facts.field
        errors = facts.faults.isEmpty ? nil : facts.faults
    }
}

extension Response {
    /// A refusal for a script, in words that it may show.
    ///
    /// - Throws: `EncodingError`, which text cannot cause.
    public static func problem(_ error: any Presentable, requestID: String) throws -> Response {
        let facts = FailureFacts(
            status: error.status,
            code: error.code,
            publicDetail: error.publicDetail,
            field: error.field,
            faults: error.faults,
            requestID: requestID,
            severity: error.severity,
            retryAfterSeconds: (error as? RequestError)?.retryAfterSeconds
        )
        let type = "application/problem+json; charset=utf-8"
        return try .json(ProblemDetails(facts), status: HTTPResponse.Status(code: error.status), type: type)
    }
}

/// What the edge knows of a failed request when it writes the answer.
public struct FailureFacts: Sendable, Equatable {
    /// HTTP status.
    public var status: Int
    /// Stable code, kebab-case.
    public var code: String
    /// Vietnamese words for the person; nil when the inside must not be told.
    public var publicDetail: String?
    /// The field or paper that it is about.
    public var field: String?
    /// Everything that must be mended, where that is more than one thing.
    public var faults: [FieldFault]
    /// The number to tell the hotline.
    public var requestID: String
    /// How much it concerns the operator.
    public var severity: Severity
    /// After how many seconds to come back, where that is known.
    public var retryAfterSeconds: Int?

    public init(
        status: Int,
        code: String,
        publicDetail: String?,
        field: String? = nil,
        faults: [FieldFault] = [],
        requestID: String,
        severity: Severity = .notice,
        retryAfterSeconds: Int? = nil
    ) {
        (self.status, self.code, self.publicDetail) = (status, code, publicDetail)
        (self.field, self.faults, self.requestID, self.severity) = (field, faults, requestID, severity)
        self.retryAfterSeconds = retryAfterSeconds
    }
}
