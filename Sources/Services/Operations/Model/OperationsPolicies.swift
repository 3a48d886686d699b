// SPDX-License-Identifier: Apache-2.0

public import Identity
import Organisation

/// What may be operated; it belongs to the whole installation, not to an agency.
public enum OperatedPart: Sendable, Hashable, CaseIterable {
    /// The queue of jobs and its dead letters.
    case outbox
    /// The state of journal, database and sessions.
    case system
}

/// Who may operate the system.
public enum OperationsPolicies {
    /// Administrators alone.
    public static let operating = Policy<OperatedPart>.actor { $0.roles.contains(.administrator) }
}
