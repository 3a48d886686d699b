// SPDX-License-Identifier: Apache-2.0

public import Journal
public import Kernel
import Storage

extension OrganisationService {
    /// Names a substitute of an officer in one role for a time; it takes effect and ends by itself.
    ///
    /// Who may name whom is judged by the caller: officers themselves, and their administrators.
    /// - Parameters:
    ///   - new: what is asked.
    ///   - author: who names.
    ///   - canSign: whether an officer has a signing key of her own that is good now; asked for leaders.
    /// - Returns: the substitution.
    /// - Throws: `OrganisationError.unknownOfficer`, and those whose names begin with `substitut`.
    public func nameSubstitute(
        _ new: NewSubstitution,
        by author: ActorStamp,
        canSign: @Sendable (OfficerID) async -> Bool
    ) async throws -> Substitution {
        let now = clock.now()
        try new.require(today: now.date)
        if new.role == .leader, await !canSign(new.substitute) { throw OrganisationError.substituteCannotSign }
        let id = SubstitutionID(random)
        return try await store.journalled { [self] transaction in
            guard let officer = try OfficerTable.find(new.officer, in: transaction) else {
                throw OrganisationError.unknownOfficer(new.officer)
            }
            guard officer.isActive, officer.roles.contains(new.role) else {
                throw OrganisationError.substitutionRoleMissing
            }
            guard let substitute = try OfficerTable.find(new.substitute, in: transaction),
                Substitution.suits(substitute, for: officer, in: new.role)
            else { throw OrganisationError.substituteUnsuitable }
            try new.require(beside: SubstitutionTable.all(in: transaction))
            let substitution = Substitution(
                id: id,
                officer: new.officer,
                substitute: new.substitute,
                agency: officer.agency,
                role: new.role,
                firstDay: new.firstDay,
                lastDay: new.lastDay,
                reason: new.reason
            )
            try SubstitutionTable.insert(substitution, by: author.id, at: now, in: transaction)
            try append(.substituteNamed(substitution), nil, by: author, at: now, in: transaction)
            try VersionTable.advance(in: transaction)
            return substitution
        }
    }

    /// Ends a substitution before its last day.
    ///
    /// - Throws: `OrganisationError.substitutionGone` when there is none, or it is over.
    public func endSubstitution(_ id: SubstitutionID, by author: ActorStamp) async throws {
        let now = clock.now()
        try await store.journalled { [self] transaction in
            guard let standing = try SubstitutionTable.all(in: transaction).first(where: { $0.id == id }),
                standing.lastDay >= now.date, try SubstitutionTable.end(id, at: now, in: transaction)
            else { throw OrganisationError.substitutionGone }
            try append(.substitutionEnded(id, officer: standing.officer), nil, by: author, at: now, in: transaction)
            try VersionTable.advance(in: transaction)
        }
    }
}
