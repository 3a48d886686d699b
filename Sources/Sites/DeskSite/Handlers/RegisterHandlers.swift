// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Site
import Web

/// The book of issued results, for the records clerk and the leaders of the agency.
struct RegisterHandlers: Sendable {
    let services: DeskServices

    func add(to routes: SiteRoutes) {
        let audience = Audience<OfficerContext>.officer(.recordsClerk, .leader)
        routes.get(.documentRegister, for: audience, rule: "own agency's results", book)
    }

    /// The filter of what was not given out yet.
    private static let waitingWord = "cho-tra"

    private func book(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let asked = context.query.text("nam").flatMap { Int($0) } ?? context.now.date.year
        let year = min(max(asked, 2000), context.now.date.year)
        let (title, search) = (context.query.text("loai") ?? "", context.query.text("q") ?? "")
        let isWaiting = context.query.text("loc") == Self.waitingWord
        let after = context.query.text("sau").flatMap { Keyset($0, count: 1) }
        let question = RegisterQuestion(
            year: year,
            title: title.isEmpty ? nil : title,
            search: search,
            isWaitingAlone: isWaiting
        )
        let (page, titles) = try await services.dossiers.documentRegister(question, for: context.actor, after: after)
        let snapshot = try await services.organisation.snapshot()
        let own = context.officer.agency
        func address(_ word: String?, _ keyset: Keyset?) -> String {
            SiteURL.documentRegister.path([
                ("loc", word), ("nam", "\(year)"), ("loai", title.isEmpty ? nil : title),
                ("q", search.isEmpty ? nil : search), ("sau", keyset?.text),
            ])
        }
        let word = isWaiting ? Self.waitingWord : nil
        let model = RegisterPage.Model(
            agencyName: snapshot.name(of: own, unit: nil),
            year: year,
            filters: [
                NavigationItem("Cả sổ", href: address(nil, nil), isCurrent: !isWaiting),
                NavigationItem("Chưa trả", href: address(Self.waitingWord, nil), isCurrent: isWaiting),
            ] + (try await waiting(context)),
            fields: fields(year, title, titles, search),
            action: SiteURL.documentRegister.path,
            kept: word.map { [("loc", $0)] } ?? [],
            lines: page.items.map { row in
                // What an agency issued before it was merged stays under its name.
                line(row, row.agency == own ? nil : snapshot.name(of: row.agency, unit: nil))
            },
            shownWord: "\(page.items.count) kết quả",
            firstHref: after == nil ? nil : address(word, nil),
            nextHref: page.next.map { address(word, $0) }
        )
        return .page(RegisterPage.html(model, in: context.frame(pageCode: "D-20", current: .workList)))
    }

    /// What was signed and is not in the book yet, for the clerk who issues it.
    private func waiting(_ context: OfficerContext) async throws -> [NavigationItem] {
        guard context.actor.roles.contains(.recordsClerk) else { return [] }
        if !services.dossiers.clerkIssues(context.officer.agency) {
            // Of another agency for which she stands in, or from before the setting was changed.
            let list = try await services.dossiers.workList(of: context.actor, queues: [.issuing], limit: 1)
            guard (list.counts[.issuing] ?? 0) > 0 else { return [] }
        }
        let href = SiteURL.workList.path([("loc", WorkQueue.issuing.rawValue)])
        return [NavigationItem(WorkQueue.issuing.vietnamese, href: href)]
    }

    private func line(_ row: RegisterRow, _ agencyName: String?) -> RegisterPage.Line {
        RegisterPage.Line(
            notation: row.notation,
            title: row.title,
            agencyName: agencyName,
            entries: row.entries.map { (label: $0.label, value: $0.value) },
            signedAt: row.signedAt,
            issuedAt: row.issuedAt == row.signedAt ? nil : row.issuedAt,
            signer: "\(row.signerName), \(row.signerPosition)",
            code: row.code,
            handedOut: row.deliveredAt.map { "Đã trả \($0.vietnamese)" } ?? "Chờ trả, \(row.delivery.vietnamese)"
        )
    }

    private func fields(_ year: Int, _ title: String, _ titles: [String], _ search: String) -> [FieldPart] {
        let all = FieldPart.Choice("", "Mọi loại kết quả")
        return [
            FieldPart("nam", "Năm", .number("\(year)", unit: nil)),
            FieldPart("loai", "Loại kết quả", .select([all] + titles.map { FieldPart.Choice($0, $0) }, chosen: title)),
            FieldPart("q", "Số, ký hiệu hoặc mã hồ sơ", isOptional: true, .text(search)),
        ]
    }
}
