// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Hummingbird
import Kernel
import Markup
import Organisation
import Site
import Web

/// The list of all procedures: what is offered, worked on and retired, each with its computed level.
extension BookHandlers {
    private static let states: [(value: String, state: BookState, label: String)] = [
        ("tat-ca", .all, "Tất cả"), ("dang-cung-cap", .offered, "Đang cung cấp"), ("ban-nhap", .draft, "Bản nháp"),
        ("cho-doi-chieu", .awaiting, "Chờ đối chiếu"), ("ngung", .retired, "Ngừng cung cấp"),
    ]
    private static let levels =
        [(value: "", label: "Mọi mức độ")]
        + ServiceLevel.allCases.reversed().map { (value: "\($0.rawValue)", label: $0.vietnamese) }
        + [(value: "0", label: "Chưa đạt mức độ 1")]

    func list(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try desk.permit(context)
        let asked = context.query.text("trang-thai")
        let chosen = Self.states.first { $0.value == asked } ?? Self.states[0]
        let level = context.query.text("muc").flatMap { word in Self.levels.first { $0.value == word }?.value } ?? ""
        let question = BookQuestion(
            VietnameseText.tidy(context.query.text("q") ?? ""),
            state: chosen.state,
            level: Int(level),
            after: context.query.text("sau")
        )
        let book = try await desk.services.catalogue.book(question, for: context.actor)
        let officers = try await desk.services.organisation.snapshot()
        func href(_ state: String, _ level: String, after: String? = nil, isSearched: Bool = true) -> String {
            SiteURL.managedProcedures.path([
                ("trang-thai", state), ("q", isSearched && !question.query.isEmpty ? question.query : nil),
                ("muc", level.isEmpty ? nil : level), ("sau", after),
            ])
        }
        let isNarrowed = !question.query.isEmpty || !level.isEmpty
        let model = ProcedureBookPage.Model(
            query: question.query,
            action: SiteURL.managedProcedures.path,
            states: Self.states.map { one in
                NavigationItem(
                    one.label,
                    href: href(one.value, level),
                    isCurrent: one.value == chosen.value,
                    count: book.counts[one.state] ?? 0
                )
            },
            state: chosen.value,
            levels: Self.levels.map { one in
                NavigationItem(one.label, href: href(chosen.value, one.value), isCurrent: one.value == level)
            },
            level: level,
            lines: book.lines.map { Self.line($0, officers, on: context.now.date) },
            total: book.counts[chosen.state] ?? 0,
            empty: Self.empty(chosen.state, isNarrowed: isNarrowed),
            clearHref: isNarrowed ? href(chosen.value, "", isSearched: false) : nil,
            firstHref: question.after == nil ? nil : href(chosen.value, level),
            nextHref: book.next.map { href(chosen.value, level, after: $0) },
            newHref: SiteURL.newProcedure.path,
            importHref: SiteURL.importedProcedures.path,
            flash: context.query.text("bao") == "da-bo" ? "Đã bỏ bản nháp." : nil,
            backHref: SiteURL.administration.path
        )
        return .page(ProcedureBookPage.html(model, in: context.frame(pageCode: "A-24", current: .administration)))
    }

    private static func line(_ line: BookLine, _ officers: OrganisationSnapshot, on day: LocalDate)
        -> ProcedureBookPage.Line
    {
        var states: [ProcedureBookPage.Line.State] = []
        if line.entry == nil {
            states.append(.init("Chưa xuất bản", .neutral))
        } else {
            states.append(line.isOffered ? .init("Đang cung cấp", .ok) : .init("Ngừng cung cấp", .bad))
        }
        if let draft = line.draft {
            states.append(draft.awaitsVerification ? .init("Chờ đối chiếu", .info) : .init("Bản nháp", .warn))
        }
        let declared = line.entry?.facts.declaredLevel
        return ProcedureBookPage.Line(
            name: line.name,
            code: line.code,
            states: states,
            levelWord: line.entry.map { _ in line.level?.vietnamese ?? "Chưa đạt mức độ 1" },
            alarmWord: declared.flatMap { declared in
                declared.rawValue > line.level?.rawValue ?? 0 ? "Công bố \(declared.vietnamese.lowercased())" : nil
            },
            publishedWord: line.entry.map { published($0, line, on: day) },
            draftWord: line.draft.map { draft($0, officers) },
            href: SiteURL.managedProcedure(line.code).path
        )
    }

    /// `Bản thứ 3 (1a2b3c4d5e6f), từ 14:02 ngày 05/03/2026`, or why it is not offered.
    private static func published(_ entry: ProcedureEntry, _ line: BookLine, on day: LocalDate) -> String {
        let version = "Bản thứ \(line.versionCount) (\(entry.digest.hex.prefix(12)))"
        let end = line.retiredFrom.map { "ngừng từ \($0.vietnamese)" }
        guard !line.isOffered else {
            let open = entry.facts.unverifiedCount
            return [
                "\(version), từ \(entry.offeredAt.vietnamese)", end,
                open > 0 ? "\(open) nội dung chưa đối chiếu" : nil,
            ]
            .compactMap(\.self).joined(separator: "; ")
        }
        if let end { return "\(version), \(end)" }
        return day < entry.facts.validFrom
            ? "\(version), có hiệu lực từ \(entry.facts.validFrom.vietnamese)"
            : "\(version), hết hiệu lực\(entry.facts.validTo.map { " sau \($0.vietnamese)" } ?? "")"
    }

    /// `Nguyễn Văn Quang sửa lúc 14:02 ngày 05/03/2026; 2 lỗi, 14 nội dung chưa đối chiếu`.
    private static func draft(_ draft: PackDraftSummary, _ officers: OrganisationSnapshot) -> String {
        let author = OfficerID(rawValue: draft.changedBy.id).flatMap { officers.officer($0)?.fullName }
        let who = author.map { "\($0) sửa lúc" } ?? "Từ thư mục gói lúc"
        let work = [
            draft.errorCount > 0 ? "\(draft.errorCount) lỗi" : nil,
            draft.unverifiedCount > 0 ? "\(draft.unverifiedCount) nội dung chưa đối chiếu" : nil,
        ]
        .compactMap(\.self)
        let rest = work.isEmpty ? "sẵn sàng xuất bản" : work.joined(separator: ", ")
        return "\(who) \(draft.changedAt.vietnamese); \(rest)"
    }

    private static func empty(_ state: BookState, isNarrowed: Bool) -> ProcedureBookPage.Empty {
        if isNarrowed {
            return .init("Không có thủ tục nào khớp", "Thử tìm bằng ít chữ hơn, bằng mã, hoặc chọn tình trạng khác.")
        }
        return switch state {
        case .all, .offered: .init("Chưa có thủ tục nào", "Tạo thủ tục mới, rồi xuất bản khi đã đủ và đã đối chiếu.")
        case .draft: .init("Không có bản nháp nào đang sửa", "Mở một thủ tục để sửa, hoặc tạo thủ tục mới.")
        case .awaiting: .init("Không có bản nháp nào chờ đối chiếu", "Mọi bản nháp đã đủ đều đã được đối chiếu.")
        case .retired: .init("Chưa ngừng cung cấp thủ tục nào", "Ngừng một thủ tục ở trang các phiên bản của nó.")
        }
    }
}
