// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import WorkingTime

/// A case of a procedure that the law tells apart (trường hợp): a condition with a name.
///
/// Papers, fees and fields name it in their own conditions; a time limit of its own takes the place of the channel's.
public struct ProcedureVariant: Hashable, Sendable {
    /// The id within the pack; a dossier keeps it.
    public let id: String
    /// The code that the case has elsewhere.
    public let code: String?
    /// As pages say it: `Sửa chữa, cải tạo`.
    public let name: String
    /// Its own condition.
    let own: Condition
    /// When it is the dossier's case: its own condition holds, and that of none before it.
    public let applies: Condition
    /// A time limit of its own; nil = that of the channel.
    public let promise: LimitPromise?
    /// Where the pack says it.
    public let place: SourcePlace
}

/// A length that the law allows, and the hour after which the next working day counts.
public struct LimitPromise: Hashable, Sendable {
    /// The length.
    public let limit: TimeLimit
    /// After this time a dossier counts as received on the next working day; nil = no such rule.
    public let cutOff: LocalTime?

    /// A promise of this length.
    public init(limit: TimeLimit, cutOff: LocalTime?) { (self.limit, self.cutOff) = (limit, cutOff) }

    /// `trong ngày; nhận sau 15 giờ thì tính từ ngày làm việc kế tiếp`.
    public var vietnamese: String {
        limit.vietnamese + (cutOff.map { "; nhận sau \($0.hourMinute) thì tính từ ngày làm việc kế tiếp" } ?? "")
    }
}

extension ProcedurePack {
    /// The case that these answers make; nil = none of those with a name.
    public func variant(_ context: ConditionContext) -> ProcedureVariant? {
        variants.first { $0.applies.holds(in: context) }
    }

    /// The case of this id; nil for a dossier of no named case.
    public func variant(id: String?) -> ProcedureVariant? { variants.first { $0.id == id } }

    /// What is promised to a dossier of this channel and case; nil when the channel is closed.
    public func promise(_ channel: Channel, variant id: String?) -> LimitPromise? {
        method(channel).map { variant(id: id)?.promise ?? $0.promise }
    }
}
