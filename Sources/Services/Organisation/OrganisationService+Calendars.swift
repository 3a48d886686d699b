// SPDX-License-Identifier: Apache-2.0

public import Journal
public import Kernel
import Storage
import WorkingTime

extension OrganisationService {
    /// What a change of an agency's calendar would do.
    ///
    /// - Throws: `OrganisationError.unknownAgency`, `.calendarDay`, `.hoursMalformed`.
    public func preview(_ edit: CalendarEdit, of agency: AgencyCode) async throws -> CalendarPreview {
        let snapshot = try await snapshot()
        guard snapshot.agency(agency) != nil else { throw OrganisationError.unknownAgency(agency) }
        return try CalendarPreview(edit, of: agency, in: snapshot, at: clock.now())
    }

    /// A year of an agency's calendar.
    public func calendarYear(_ year: Int, of agency: AgencyCode) async throws -> CalendarYear {
        CalendarYear(year, of: try await snapshot().calendar(of: agency))
    }

    /// Publishes a changed calendar of an agency as a version of its own; dossiers in flight keep theirs.
    ///
    /// - Parameters:
    ///   - edit: what is changed.
    ///   - agency: whose calendar; those below without one of their own follow.
    ///   - version: the version of the calendar that the page showed.
    ///   - author: the administrator.
    /// - Throws: `OrganisationError.changedMeanwhile`, `.unknownAgency`, `.calendarDay`, `.hoursMalformed`.
    /// - Returns: the new version.
    @discardableResult
    public func publish(
        _ edit: CalendarEdit,
        of agency: AgencyCode,
        seen version: String,
        by author: ActorStamp
    ) async throws -> String {
        let now = clock.now()
        return try await store.journalled { [self] transaction in
            let standing = try standing(in: transaction)
            guard standing.agency(agency) != nil else { throw OrganisationError.unknownAgency(agency) }
            let before = standing.calendar(of: agency)
            guard before.version == version else { throw OrganisationError.changedMeanwhile }
            let number = try CalendarTable.count(of: agency, in: transaction) + 1
            let name = "\(agency.text)-\(now.date)-\(number)"
            let after = try edit.applied(to: before, version: name, on: now.date)
            guard try CalendarTable.keep(after, at: now, in: transaction) else {
                throw OrganisationError.calendarChanged(version: name)
            }
            _ = try AgencyTable.setCalendar(name, of: agency, in: transaction)
            let publication = CalendarPublication(
                version: name,
                agency: agency,
                base: before.version,
                summary: edit.vietnamese,
                publishedBy: author.id,
                publishedAt: now
            )
            try CalendarTable.insert(publication, in: transaction)
            try append(.calendarSet(agency, version: name), by: author, at: now, in: transaction)
            try VersionTable.advance(in: transaction)
            return name
        }
    }

    /// The published versions of an agency's own calendar, the newest first, at most 50.
    public func publications(of agency: AgencyCode) async throws -> [CalendarPublication] {
        try await store.read { try CalendarTable.publications(of: agency, in: $0) }
    }
}
