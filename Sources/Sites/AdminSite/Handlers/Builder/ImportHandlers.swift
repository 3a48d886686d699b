// SPDX-License-Identifier: Apache-2.0

import Catalogue
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Site
import Web

/// Drafts from a file of the national catalogue.
struct ImportHandlers: Sendable {
    let desk: BuilderDesk

    /// Some hundred procedures of 30 kB; larger files are for the command line.
    private static let byteLimit = 3 * 1_024 * 1_024
    /// A page of lists that a person reads.
    private static let recordLimit = 20
    private static let limits = MultipartLimits(
        files: 1,
        fields: 8,
        fieldBytes: 16_384,
        fileBytes: byteLimit,
        bodyBytes: byteLimit + 65_536
    )

    func add(to routes: SiteRoutes) {
        routes.get(.importedProcedures, for: .officer(.administrator), rule: BuilderDesk.rule) { _, context in
            try desk.permit(context)
            return page(context)
        }
        routes.upload(
            .importedProcedures,
            for: .officer(.administrator),
            rule: BuilderDesk.rule,
            limits: Self.limits
        ) { form, _, context in
            try desk.permit(context)
            var bytes: [UInt8] = []
            _ = try await form.read { event, _ in
                // One file, held in memory: it is read as a whole.
                if case .bytes(let piece) = event, bytes.count + piece.count <= Self.byteLimit { bytes += piece }
            }
            return try await take(bytes, context)
        }
    }

    private func take(_ bytes: [UInt8], _ context: OfficerContext) async throws -> Response {
        guard !bytes.isEmpty else { return page(context, error: "Chọn tệp JSON của danh mục") }
        let catalogue = NationalCatalogue(bytes)
        guard catalogue.count <= Self.recordLimit else {
            let error = "Tệp có \(catalogue.count) thủ tục, quá \(Self.recordLimit): chia nhỏ, hoặc dùng motcua import"
            return page(context, error: error)
        }
        let (packs, faults) = catalogue.packs(on: context.now.date)
        let all = (catalogue.faults + faults).map(\.description)
        guard !packs.isEmpty else { return page(context, error: all.first ?? "Tệp không có thủ tục nào") }
        var lines: [ImportPage.Line] = []
        for pack in packs { lines.append(try await begin(pack, context)) }
        return page(context, lines: lines, faults: all)
    }

    /// One that cannot be begun never stops the others.
    private func begin(_ pack: PackImport, _ context: OfficerContext) async throws -> ImportPage.Line {
        var line = ImportPage.Line(code: pack.code, name: pack.name, href: nil, report: pack.report)
        do {
            try await desk.services.catalogue.begin(pack.code, from: .files(pack.source), by: context.actor)
            line.href = SiteURL.managedProcedure(pack.code).path
        } catch let error as CatalogueError where error.status == 409 || error.status == 422 {
            line.refusal = error.publicDetail
            if error == .draftExists(pack.code) { line.href = SiteURL.managedProcedure(pack.code).path }
        }
        return line
    }

    private func page(
        _ context: OfficerContext,
        error: String? = nil,
        lines: [ImportPage.Line] = [],
        faults: [String] = []
    ) -> Response {
        let model = ImportPage.Model(
            limitBytes: Int64(Self.byteLimit),
            mostProcedures: Self.recordLimit,
            error: error,
            lines: lines,
            faults: faults,
            action: SiteURL.importedProcedures.path,
            backHref: SiteURL.managedProcedures.path
        )
        return .page(
            ImportPage.html(model, in: context.frame(pageCode: "A-24", current: .administration)),
            status: error == nil ? .ok : .unprocessableContent
        )
    }
}
