// SPDX-License-Identifier: Apache-2.0

/// One procedure as the national catalogue describes it, whichever of its two shapes it came in.
struct NationalRecord: Sendable {
    /// A time limit with the fees that belong to it.
    struct Limit: Sendable {
        var value: Int64?
        /// As the catalogue writes it: `WORKING_DAY`, `Ngày làm việc`.
        var unit: String?
        var words: String?
        /// Whether the catalogue says anything about money here, be it that there is none.
        var saysFees: Bool
        var fees: [Fee]
    }

    /// Money, as the catalogue writes it.
    struct Fee: Sendable {
        var type: String?
        var code: String?
        var amount: String?
        var currency: String?
        var words: String?
    }

    /// One way to file, with all its time limits.
    struct Method: Sendable {
        /// As the catalogue writes it: `ONLINE`, `2`.
        var channel: String
        var limits: [Limit]
    }

    /// A paper.
    struct PaperRecord: Sendable {
        var code: String?
        var name: String
        var originals: Int64?
        var copies: Int64?
        var isRequired: Bool?
        var hasElectronicForm: Bool?
        var isResult: Bool?
        /// Names of blank forms that belong to it.
        var forms: [String]
    }

    /// Papers of one case.
    struct Papers: Sendable {
        var name: String?
        var papers: [PaperRecord]
    }

    /// A case with its own time.
    struct TimeCase: Sendable {
        var code: String?
        var name: String?
        var value: Int64?
        var unit: String?
    }

    /// A code with a name.
    struct Named: Sendable {
        var code: String?
        var name: String
    }

    /// Whether the catalogue shows the procedure to the public, with its own word for that.
    struct State: Sendable {
        var word: String
        var isPublic: Bool
    }

    var code = ""
    var name = ""
    var state: State?
    var sectors: [Named] = []
    var agencies: [String] = []
    var publisher: String?
    var sequence: [String] = []
    var methods: [Method] = []
    var hasPapers = false
    var papers: [Papers] = []
    var cases: [TimeCase] = []
    var subjects: [String] = []
    var subjectWords: String?
    var hasRequirements = false
    var requirements: [String] = []
    var results: [Named] = []
    var legalBasis: [Named] = []
    /// What the catalogue says beside it and no key of a pack holds: field with content.
    var remarks: [(field: String, text: String)] = []
    /// Fields that are not known at all.
    var strangers: [String] = []
    /// The record as it came.
    var raw: NationalJSON = .null
}

// MARK: - The shape of LayThuTuc

extension NationalRecord {
    /// The answer of `LayThuTuc`: names in capitals.
    static func classic(_ fields: NationalFields) -> NationalRecord {
        var record = NationalRecord()
        record.code = fields.text("MATTHC") ?? ""
        record.name = fields.text("TENTTHC") ?? ""
        record.publisher = fields.text("MACOQUANCONGBO")
        record.state = fields.text("TRANGTHAI").map { State(word: $0, isPublic: $0 == "1") }
        record.sectors = named(fields.list("LINHVUCTHUCHIEN"), code: "MALINHVUC", name: "TENLINHVUC")
        record.sequence = fields.list("TRINHTUTHUCHIEN").flatMap { part in
            part.lines("TRUONGHOP") + part.list("TRINHTU").flatMap { $0.lines("TENTRINHTU") }
        }
        record.methods = fields.list("CACHTHUCTHUCHIEN").map { way in
            Method(channel: way.text("KENH") ?? "", limits: way.list("THOIGIAN").map(classicLimit))
        }
        record.hasPapers = fields.has("THANHPHANHOSO")
        record.papers = fields.list("THANHPHANHOSO").map { part in
            let papers = part.list("GIAYTO").compactMap { paper -> PaperRecord? in
                guard let name = paper.text("TENGIAYTO") else {
                    fields.notes.refuse(paper.place(of: "TENGIAYTO"), "thiếu")
                    return nil
                }
                let forms = [paper.text("TENMAUDON") ?? paper.text("URL")].compactMap(\.self)
                _ = paper.text("URL")
                return PaperRecord(code: paper.text("MAGIAYTO"), name: name, forms: forms)
            }
            return Papers(name: part.text("TRUONGHOP"), papers: papers)
        }
        record.hasRequirements = fields.has("YEUCAU")
        record.requirements = fields.lines("YEUCAU")
        record.subjects = fields.list("DOITUONGTHUCHIEN").compactMap { subject in
            _ = subject.text("MADOITUONG")
            return subject.text("TENDOITUONG")
        }
        record.subjectWords = fields.text("MOTADOITUONGTHUCHIEN")
        record.results = named(fields.list("KETQUATHUCHIEN"), code: "MAKETQUA", name: "TENKETQUA")
        record.legalBasis = named(fields.list("CANCUPHAPLY"), code: "SOVANBAN", name: "TENVANBAN")
        record.agencies = fields.list("COQUANTHUCHIEN").compactMap { agency in
            _ = agency.text("MADONVI")
            return agency.text("TENDONVI")
        }
        return record
    }

    private static func classicLimit(_ time: NationalFields) -> Limit {
        Limit(
            value: time.count("THOIGIANGIAIQUYET"),
            unit: time.text("DONVITINH"),
            words: time.text("MOTA"),
            saysFees: time.has("PHILEPHI"),
            fees: time.list("PHILEPHI").map { fee in
                Fee(
                    type: nil,
                    code: fee.text("MAPHILEPHI"),
                    amount: fee.text("SOTIEN"),
                    currency: fee.text("DONVI"),
                    words: fee.text("MOTA")
                )
            }
        )
    }

    private static func named(_ parts: [NationalFields], code: String, name: String) -> [Named] {
        parts.compactMap { part in
            let (code, name) = (part.text(code), part.text(name))
            guard let words = name ?? code else { return nil }
            return Named(code: name == nil ? nil : code, name: words)
        }
    }
}

// MARK: - The shape of today

extension NationalRecord {
    /// Words of a state that says: open to the public.
    private static let publicStates: Set<String> = ["1", "PUBLIC", "PUBLISHED", "ACTIVE", "PUBLICED"]

    /// The schema of today: names in camelCase.
    static func today(_ fields: NationalFields) -> NationalRecord {
        var record = NationalRecord()
        record.code = fields.text("code") ?? ""
        _ = fields.text("id")
        record.name = fields.text("name") ?? ""
        record.publisher = fields.text("departmentPromulgateCode")
        record.state = fields.text("state").map {
            State(word: $0, isPublic: publicStates.contains($0.uppercased()))
        }
        record.sectors = named(fields.list("categoriesDetails"), code: "code", name: "name")
        record.sequence = fields.list("executionSteps").flatMap { $0.lines("name") + $0.lines("description") }
        record.methods = fields.list("executionMethods").map { method in
            let limit = Limit(
                value: method.count("processingTime"),
                unit: method.text("processingTimeUnit"),
                words: method.text("description"),
                saysFees: method.has("fees"),
                fees: method.list("fees").map(fee)
            )
            return Method(channel: method.text("submissionMethod") ?? "", limits: [limit])
        }
        record.hasPapers = fields.has("executionCases")
        record.papers = fields.list("executionCases").map { part in
            Papers(name: part.text("name"), papers: part.list("profileComponents").compactMap(paper))
        }
        record.cases = fields.list("cases").map { part in
            let time = part.object("processingDay")
            return TimeCase(
                code: part.text("code"),
                name: part.text("name"),
                value: time?.count("qty"),
                unit: time?.text("type")
            )
        }
        record.agencies = fields.list("unitGroupsExecuting").compactMap { $0.text("name") }
        record.legalBasis = named(fields.list("legalBasisesDetails"), code: "code", name: "name")
        record.results = named(fields.list("resultsDetails"), code: "code", name: "name")
        record.subjects = fields.list("subjectTypesDetails").compactMap { subject in
            _ = subject.text("code")
            return subject.text("name")
        }
        record.hasRequirements = fields.has("requirementsAndConditions")
        record.requirements = fields.lines("requirementsAndConditions")
        if let text = fields.text("formalityType") { record.remarks.append(("formalityType", text)) }
        for key in [
            "isWard", "isProvince", "isMinistry", "isVertical", "isFullProcess", "isNonTerritorial", "isOfflineOnly",
        ] {
            if let flag = fields.flag(key) { record.remarks.append((key, flag ? "có" : "không")) }
        }
        return record
    }

    private static func fee(_ fee: NationalFields) -> Fee {
        Fee(
            type: fee.text("type"),
            code: nil,
            amount: fee.text("value"),
            currency: fee.text("currencyId"),
            words: fee.text("description")
        )
    }

    private static func paper(_ paper: NationalFields) -> PaperRecord? {
        guard let name = paper.text("name") else {
            paper.notes.refuse(paper.place(of: "name"), "thiếu")
            return nil
        }
        _ = paper.text("profileComponentId")
        let forms = paper.list("attachments").map { file in
            ["name", "fileName", "url"].lazy.compactMap { file.text($0) }.first ?? "tệp không có tên"
        }
        return PaperRecord(
            code: paper.text("code"),
            name: name,
            originals: paper.count("originalQty"),
            copies: paper.count("copyQty"),
            isRequired: paper.flag("required"),
            hasElectronicForm: paper.flag("hasElectronicForm"),
            isResult: paper.flag("isProcessingResult"),
            forms: forms
        )
    }
}
