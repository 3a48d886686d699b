// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import Hummingbird
import Identity
public import Kernel
import Markup
public import Organisation
public import Web

/// Naming and ending substitutes, on an officer's own page and on the administrator's page of an officer.
public struct SubstitutionDesk: Sendable {
    private let organisation: OrganisationService
    private let canSign: @Sendable (OfficerID) async -> Bool
    private let key: @Sendable () -> String

    /// The desk over the organisation.
    ///
    /// - Parameters:
    ///   - organisation: where substitutions are kept.
    ///   - canSign: whether an officer has a signing key that is good now.
    ///   - key: a new key of a form.
    public init(
        organisation: OrganisationService,
        canSign: @escaping @Sendable (OfficerID) async -> Bool,
        key: @escaping @Sendable () -> String
    ) {
        (self.organisation, self.canSign, self.key) = (organisation, canSign, key)
    }

    /// Whose page it is, and where its forms and links lead.
    public struct Place: Sendable {
        /// Who is away, or stands in for others.
        public var officer: Officer
        public var isOwn: Bool
        public var page: SiteURL
        public var back: SiteURL
        public var end: @Sendable (_ id: String) -> SiteURL

        /// A page of these addresses.
        public init(
            officer: Officer,
            isOwn: Bool,
            page: SiteURL,
            back: SiteURL,
            end: @escaping @Sendable (_ id: String) -> SiteURL
        ) {
            (self.officer, self.isOwn, self.page, self.back, self.end) = (officer, isOwn, page, back, end)
        }
    }

    /// The page as it stands.
    public func show(_ place: Place, _ context: OfficerContext) async throws -> Response {
        try await page(place, context, FormFields(), nil)
    }

    /// Names a substitute; what is wrong stands at its field, and nothing typed is lost.
    public func name(_ form: FormFields, _ place: Place, _ context: OfficerContext) async throws -> Response {
        do {
            let new = try Self.read(form, place.officer.id)
            _ = try await organisation.nameSubstitute(new, by: context.actor.stamp, canSign: canSign)
        } catch let error as OrganisationError {
            return try await page(place, context, form, error)
        }
        return .seeOther(place.page.path([("bao", "da-cu")]))
    }

    /// Ends one before its last day: of the officer whose page it is, and nobody else's.
    public func end(_ id: SubstitutionID, _ place: Place, _ context: OfficerContext) async throws -> Response {
        guard try await organisation.snapshot().substitution(id)?.officer == place.officer.id else {
            throw RequestError.notFound
        }
        do { try await organisation.endSubstitution(id, by: context.actor.stamp) } catch OrganisationError
            .substitutionGone
        {
            // Ended by itself or by somebody else meanwhile: what was wanted is so.
        }
        return .seeOther(place.page.path([("bao", "da-ket-thuc")]))
    }

    // MARK: - Inside

    private static func read(_ form: FormFields, _ officer: OfficerID) throws(OrganisationError) -> NewSubstitution {
        guard let role = form["role"].flatMap({ Role(rawValue: $0) }) else { throw .substitutionRoleMissing }
        guard let substitute = form["substitute"].flatMap({ OfficerID(rawValue: $0) }) else {
            throw .substituteUnsuitable
        }
        guard let first = day(form, "from") else { throw .substitutionPast }
        guard let last = day(form, "to") else { throw .substitutionBackwards }
        return NewSubstitution(
            officer: officer,
            substitute: substitute,
            role: role,
            firstDay: first,
            lastDay: last,
            reason: form.trimmed("reason") ?? ""
        )
    }

    private static func day(_ form: FormFields, _ id: String) -> LocalDate? {
        let parts = ["year", "month", "day"].map { form.trimmed("\(id).\($0)").flatMap { Int($0) } }
        guard let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
        return LocalDate(year: year, month: month, day: day)
    }

    private func page(
        _ place: Place,
        _ context: OfficerContext,
        _ form: FormFields,
        _ error: OrganisationError?
    ) async throws -> Response {
        let known = try await organisation.snapshot()
        let today = context.now.date
        let officer = place.officer
        let lines = known.substitutions(with: officer.id, from: today).map { standing in
            line(standing, place, known, today)
        }
        let model = SubstitutionPage.Model(
            title: place.isOwn ? "Người làm thay" : "Người làm thay của \(officer.fullName)",
            lines: lines,
            fields: fields(officer, known, form, error),
            action: place.page.path,
            flash: flash(context),
            hindrance: error.flatMap { $0.field == nil || $0.field == "officer" ? $0.publicDetail : nil },
            key: key(),
            backHref: place.back.path
        )
        let status = error.map { HTTPResponse.Status(code: $0.status) } ?? .ok
        let frame = context.frame(pageCode: "D-16", current: place.isOwn ? .workList : .administration)
        return .page(SubstitutionPage.html(model, in: frame), status: status)
    }

    private func line(
        _ standing: Substitution,
        _ place: Place,
        _ known: OrganisationSnapshot,
        _ today: LocalDate
    ) -> SubstitutionPage.Line {
        func name(_ id: OfficerID) -> String {
            place.isOwn && id == place.officer.id ? "Ông/Bà" : known.officer(id)?.fullName ?? "Không rõ"
        }
        let isAway = standing.officer == place.officer.id
        return SubstitutionPage.Line(
            who: "\(name(standing.substitute)) làm thay \(name(standing.officer))",
            role: standing.role.vietnamese,
            time: "từ \(standing.firstDay.vietnamese) đến hết \(standing.lastDay.vietnamese)",
            reason: standing.reason,
            isInForce: standing.isInForce(on: today),
            endAction: isAway ? place.end(standing.id.rawValue).path : nil
        )
    }

    private func fields(
        _ officer: Officer,
        _ known: OrganisationSnapshot,
        _ form: FormFields,
        _ error: OrganisationError?
    ) -> [FieldPart] {
        let roles = Substitution.roles.filter(officer.roles.contains)
        guard officer.isActive, !roles.isEmpty else { return [] }
        let colleagues = known.officers(of: officer.agency).filter { other in
            roles.contains { Substitution.suits(other, for: officer, in: $0) }
        }
        func text(_ field: String) -> String? { error?.field == field ? error?.publicDetail : nil }
        func date(_ id: String) -> FieldPart.TypedDate {
            FieldPart.TypedDate(
                day: form["\(id).day"] ?? "",
                month: form["\(id).month"] ?? "",
                year: form["\(id).year"] ?? ""
            )
        }
        let chosen = form["role"] ?? (roles.count == 1 ? roles[0].rawValue : nil)
        return [
            FieldPart(
                "role",
                "Vai trò",
                error: text("role"),
                .radios(roles.map { FieldPart.Choice($0.rawValue, $0.vietnamese) }, chosen: chosen)
            ),
            FieldPart(
                "substitute",
                "Người làm thay",
                hint: "Người cùng cơ quan có cùng vai trò. Thay lãnh đạo thì phải có chứng thư số của chính mình.",
                error: text("substitute"),
                .select(
                    colleagues.map { FieldPart.Choice($0.id.rawValue, "\($0.fullName), \($0.position)") },
                    chosen: form["substitute"]
                )
            ),
            FieldPart("from", "Từ ngày", error: text("from"), .date(date("from"))),
            FieldPart("to", "Đến hết ngày", error: text("to"), .date(date("to"))),
            FieldPart(
                "reason",
                "Lý do",
                hint: "Ví dụ: nghỉ phép, đi công tác",
                error: text("reason"),
                .text(form["reason"] ?? "")
            ),
        ]
    }

    private func flash(_ context: OfficerContext) -> String? {
        switch context.query.text("bao") {
        case "da-cu": "Đã cử người làm thay."
        case "da-ket-thuc": "Đã kết thúc việc làm thay."
        default: nil
        }
    }
}
