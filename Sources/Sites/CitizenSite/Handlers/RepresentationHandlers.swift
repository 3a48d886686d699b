// SPDX-License-Identifier: Apache-2.0

import Digests
import Dossiers
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Site
import Storage
import Uploads
import Web

/// For whom one may act: stating an authority with its paper, looking at it, ending it.
struct RepresentationHandlers: Sendable {
    let services: CitizenServices
    let identity: IdentityService

    func add(to routes: SiteRoutes) {
        let rule = "own authorities"
        routes.get(.representations, for: .citizen, rule: rule) { _, context in
            try await page(context, Self.empty, [:], GivenPaper())
        }
        routes.upload(.representations, for: .citizen(atLeast: .two), rule: rule, limits: FileIntake.formLimits, state)
        routes.get(.representationPaper(PathSlot.representation), for: .citizen, rule: rule) { _, context in
            let representation = try await identity.representation(
                try context.pathID(PathSlot.representation),
                for: context.actor
            )
            let reader = try await services.files.open(representation.paper.digest)
            let type = ServedType(rawValue: representation.paper.mediaType) ?? .other
            return .stored(reader, type: type, name: representation.paper.name, disposition: .inline)
        }
        routes.post(.representationEnd(PathSlot.representation), for: .citizen, rule: rule) { _, _, context in
            try await identity.revokeRepresentation(try context.pathID(PathSlot.representation), by: context.actor)
            return .seeOther(SiteURL.representations.path([("bao", "da-thu-hoi")]))
        }
    }

    private static let empty = RepresentationDraft(
        kind: nil,
        name: "",
        number: "",
        birthDate: nil,
        validFrom: nil,
        validTo: nil
    )

    /// The paper of the form: one that came with it, or one that came before and waits while other fields are mended.
    private struct GivenPaper {
        var file: Representation.StatedPaper?
        var error: String?
        /// Under which id it waits; nil for one that came with this form.
        var waiting: DossierFileID?
    }

    private func state(_ form: UploadForm, _ request: Request, _ context: CitizenContext) async throws -> Response {
        var (fields, paper) = try await read(form, context)
        let draft = RepresentationDraft(
            kind: fields["loai"].flatMap { Representation.Kind(rawValue: $0) },
            name: fields.trimmed("ten") ?? "",
            number: fields.trimmed("so") ?? "",
            birthDate: Self.date("ngay-sinh", in: fields),
            validFrom: Self.date("tu-ngay", in: fields),
            validTo: Self.date("den-ngay", in: fields)
        )
        let faults = draft.faults(today: context.now.date, holder: context.account.identity)
        guard faults.isEmpty, paper.error == nil, let file = paper.file else {
            if let file = paper.file, paper.waiting == nil {
                let upload = try await services.dossiers.keepUpload(
                    file.digest,
                    size: file.size,
                    mediaType: file.mediaType,
                    name: file.name,
                    pages: file.pages,
                    by: context.actor
                )
                paper.waiting = upload.id
            }
            return try await page(context, draft, faults, paper, typed: fields)
        }
        try await identity.createRepresentation(draft, paper: file, by: context.actor)
        return .seeOther(SiteURL.representations.path([("bao", "da-khai")]))
    }

    private func read(_ form: UploadForm, _ context: CitizenContext) async throws -> (FormFields, GivenPaper) {
        let intake = FileIntake(services: services, bytesBefore: 0, now: context.now)
        let kept = KeptPaper()
        let fields = try await intake.read(form) {
            $0 == "giay" ? $0 : nil
        } attach: { file in
            await kept.keep(file)
        }
        if let told = await intake.errors["giay"] { return (fields, GivenPaper(error: told)) }
        if let file = await kept.file {
            return (fields, GivenPaper(file: Self.paper(file.digest, file.size, file.mediaType, file.name, file.pages)))
        }
        if let known = fields["giay-da-nhan"].flatMap({ DossierFileID(rawValue: $0) }),
            let upload = try await services.dossiers.waitingUpload(known, of: context.actor)
        {
            let file = Self.paper(upload.digest, upload.size, upload.mediaType, upload.name, upload.pages)
            return (fields, GivenPaper(file: file, waiting: known))
        }
        return (fields, GivenPaper(error: "Chọn tệp hoặc chụp ảnh giấy tờ"))
    }

    private static func paper(
        _ digest: Digest,
        _ size: Int64,
        _ mediaType: String,
        _ name: String,
        _ pages: Int?
    ) -> Representation.StatedPaper {
        Representation.StatedPaper(digest: digest, size: size, mediaType: mediaType, name: name, pages: pages)
    }

    private static func date(_ name: String, in fields: FormFields) -> LocalDate? {
        let parts = ["year", "month", "day"].map { part in fields.trimmed("\(name).\(part)").flatMap { Int($0) } }
        guard let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
        return LocalDate(year: year, month: month, day: day)
    }

    private func page(
        _ context: CitizenContext,
        _ draft: RepresentationDraft,
        _ faults: [RepresentationDraft.Field: String],
        _ paper: GivenPaper,
        typed: FormFields? = nil
    ) async throws -> Response {
        let today = context.now.date
        let about = try await identity.representations(about: context.account)
        var others: [RepresentationsPage.Line] = []
        for representation in about {
            let holder = try await identity.account(representation.holder)?.identity.fullName ?? "Người khác"
            others.append(Self.line(representation, name: holder, on: today))
        }
        let model = RepresentationsPage.Model(
            lines: try await identity.representations(of: context.account.id).map {
                Self.line($0, name: $0.name, on: today)
            },
            others: others,
            fields: RepresentationFields.parts(draft, faults, typed),
            paperError: paper.error,
            keptPaper: paper.waiting.map {
                RepresentationsPage.KeptPaper(id: $0.rawValue, name: paper.file?.name ?? "giấy tờ")
            },
            action: SiteURL.representations.path,
            accountHref: SiteURL.account.path,
            flash: Self.flash(context.query.text("bao"))
        )
        let isFine = faults.isEmpty && paper.error == nil
        return .page(
            RepresentationsPage.html(model, in: context.frame(pageCode: "C-13c", current: .account)),
            status: isFine ? .ok : .unprocessableContent
        )
    }

    private static func line(_ representation: Representation, name: String, on today: LocalDate)
        -> RepresentationsPage.Line
    {
        let isValid = representation.isValid(on: today)
        let isOver = representation.revokedAt != nil || representation.validTo < today
        let over = representation.revokedAt.map { "Đã thu hồi ngày \($0.date.vietnamese)" } ?? "Đã hết hạn"
        return RepresentationsPage.Line(
            name: name,
            kindWord: representation.kind.vietnamese,
            statusWord: isValid ? "Đang dùng được" : isOver ? over : "Chưa đến ngày",
            statusTone: isValid ? .ok : .neutral,
            datesWord: "Từ \(representation.validFrom.vietnamese) đến \(representation.validTo.vietnamese)",
            confirmedWord: representation.confirmation.map {
                "Cán bộ: \($0.way.vietnamese.lowercasedFirst), ngày \($0.at.date.vietnamese)"
            },
            paperHref: SiteURL.representationPaper(representation.id.rawValue).path,
            endAction: isOver ? nil : SiteURL.representationEnd(representation.id.rawValue).path
        )
    }

    private static func flash(_ word: String?) -> String? {
        switch word {
        case "da-khai": "Đã lưu giấy tờ. Chọn “Đang làm cho” ở đầu trang để làm thay."
        case "da-thu-hoi": "Đã thu hồi giấy tờ. Từ bây giờ không ai làm thay theo giấy tờ này."
        default: nil
        }
    }
}

/// The one paper of the form, as it came.
private actor KeptPaper {
    private(set) var file: DossierFile?

    func keep(_ file: DossierFile) { if self.file == nil { self.file = file } }
}

/// The questions of an authority.
enum RepresentationFields {
    static func parts(
        _ draft: RepresentationDraft,
        _ faults: [RepresentationDraft.Field: String],
        _ typed: FormFields?
    ) -> [FieldPart] {
        func date(_ id: String) -> FieldPart.TypedDate {
            FieldPart.TypedDate(
                day: typed?["\(id).day"] ?? "",
                month: typed?["\(id).month"] ?? "",
                year: typed?["\(id).year"] ?? ""
            )
        }
        let kinds = Representation.Kind.allCases.map { FieldPart.Choice($0.rawValue, $0.vietnamese) }
        return [
            FieldPart(
                "loai",
                "Bạn làm thay cho ai",
                error: faults[.kind],
                .radios(kinds, chosen: draft.kind?.rawValue)
            ),
            FieldPart("ten", "Tên người hoặc doanh nghiệp", error: faults[.name], .text(draft.name)),
            FieldPart(
                "so",
                "Số định danh hoặc mã số thuế",
                hint: "Người: 12 chữ số; doanh nghiệp: mã số thuế 10 hoặc 13 chữ số",
                error: faults[.number],
                .text(draft.number, width: .half)
            ),
            FieldPart(
                "ngay-sinh",
                "Ngày sinh của người đó",
                hint: "Cần khi làm thay con chưa thành niên",
                error: faults[.birthDate],
                isOptional: true,
                .date(date("ngay-sinh"))
            ),
            FieldPart("tu-ngay", "Có hiệu lực từ ngày", error: faults[.validFrom], .date(date("tu-ngay"))),
            FieldPart("den-ngay", "Đến hết ngày", error: faults[.validTo], .date(date("den-ngay"))),
        ]
    }
}
