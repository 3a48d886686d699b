// SPDX-License-Identifier: Apache-2.0

import Kernel
import Yams

/// Reads the files of a pack into a `ProcedurePack`: shape and values only; the checker judges the meaning.
enum PackDecoder {
    /// The pack, or nil after at least one error.
    static func decode(_ source: PackSource, _ out: FindingCollector) -> ProcedurePack? {
        let pack = read(source, out)
        return out.hasErrors ? nil : pack
    }

    /// The pack as far as it can be read, whatever is missing or wrong in it; nil when its text is no YAML.
    static func read(_ source: PackSource, _ out: FindingCollector) -> ProcedurePack? {
        guard let root = tree(source, out), let reader = SectionReader(root, .procedure, out) else { return nil }
        var whole = reader
        whole.variants = reader.readVariants()
        return whole.pack(source)
    }

    /// The main file as YAML, or nil after a finding.
    static func tree(_ source: PackSource, _ out: FindingCollector) -> Node? {
        out.file = "\(source.path)/\(PackSource.mainFile)"
        if let bytes = source.files[PackSource.mainFile] { return PackText.tree(bytes, out) }
        if source.tellLeftOut(PackSource.mainFile, at: .start, out) { return nil }
        out.error(
            .fileMissing,
            at: .start,
            "Không có tệp \(PackSource.mainFile).",
            remedy: "Đặt tệp này vào thư mục của thủ tục."
        )
        return nil
    }
}

extension SectionReader {
    fileprivate func pack(_ source: PackSource) -> ProcedurePack {
        ProcedurePack(
            code: code("code") ?? "",
            localCodes: codes("localCodes"),
            name: text("name"),
            summary: text("summary"),
            keywords: texts("keywords"),
            english: english(),
            sector: sector(),
            executingAgencies: sections("executingAgencies") { $0.executingAgency() },
            validFrom: day("validFrom") ?? LocalDate(daysSinceEpoch: 0),
            validTo: day("validTo"),
            legalBasis: sections("legalBasis") { $0.legalBasis() },
            information: sections("information") { $0.information() },
            executionSequence: texts("executionSequence"),
            submissionMethods: sections("submissionMethods") { $0.submissionMethod() },
            variants: variants,
            lengthenings: sections("lengthenings") { $0.lengthening() },
            numberOfSets: Int(integer("numberOfSets") ?? 1),
            components: sections("components") { $0.component(source) },
            subjects: words("subjects"),
            requirements: texts("requirements"),
            presence: sections("presence") { $0.presence() },
            form: subsection("form")?.form(),
            fees: FeeRules(items: sections("fees") { $0.feeItem() }),
            workflow: subsection("workflow")?.workflow()
                ?? Workflow(receivesAutomatically: false, steps: [], consultations: []),
            result: subsection("result")?.result(source) ?? .none(at: place),
            notices: sections("notices") { $0.notice() },
            retention: retention(),
            declaredLevel: ServiceLevel(rawValue: Int(integer("declaredLevel") ?? 1)) ?? .one,
            target: subsection("target")?.target(),
            cost: subsection("cost")?.complianceCost(),
            examples: sections("examples") { $0.example() },
            places: valuePlaces
        )
    }

    private func sector() -> Sector {
        guard let reader = subsection("sector") else { return Sector(code: nil, name: "") }
        return Sector(code: reader.optionalText("code"), name: reader.text("name"))
    }

    private func english() -> EnglishTexts? {
        guard let reader = subsection("english") else { return nil }
        return EnglishTexts(
            name: reader.text("name"),
            summary: reader.text("summary"),
            papers: reader.sections("papers") {
                EnglishTexts.EnglishPaper(component: $0.text("component"), name: $0.text("name"), place: $0.place)
            }
        )
    }

    private func retention() -> Retention {
        guard let reader = subsection("retention") else {
            return Retention(years: nil, source: "", isVerified: false, place: place)
        }
        return Retention(
            years: reader.bool("forEver") ? nil : reader.integer("years").map { Int($0) },
            source: reader.text("source"),
            isVerified: reader.bool("verified"),
            place: reader.place
        )
    }

    func executingAgency() -> ExecutingAgency? {
        guard let kind: ExecutingAgencyKind = word("kind"), let level: ExecutingLevel = word("level") else {
            return nil
        }
        return ExecutingAgency(kind: kind, level: level, name: text("name"))
    }

    private func legalBasis() -> LegalBasis {
        LegalBasis(
            id: identifier("id"),
            number: optionalText("number"),
            name: text("name"),
            articles: optionalText("articles"),
            isPublication: bool("publication"),
            source: text("source"),
            isVerified: bool("verified"),
            place: place
        )
    }

    private func information() -> InformationFact? {
        guard let item: InformationItem = word("item") else { return nil }
        return InformationFact(
            item: item,
            source: text("source"),
            isVerified: bool("verified"),
            place: place
        )
    }

    private func presence() -> RequiredPresence? {
        guard let moment: PresenceMoment = word("at") else { return nil }
        return RequiredPresence(
            moment: moment,
            reason: text("reason"),
            source: text("source"),
            isVerified: bool("verified"),
            place: place
        )
    }

    private func notice() -> Notice? {
        guard let event: NoticeEvent = word("event") else { return nil }
        return Notice(
            event: event,
            ways: Set(words("ways", as: NoticeWay.self)),
            place: place
        )
    }
}

extension ResultDefinition {
    /// Stands for a result that could not be read; the pack is refused anyway.
    fileprivate static func none(at place: SourcePlace) -> ResultDefinition {
        ResultDefinition(
            name: "",
            nationalCode: nil,
            kind: .confirmation,
            template: nil,
            fields: [],
            registerFields: [],
            series: nil,
            validMonths: nil,
            deliveryWays: [],
            place: place
        )
    }
}
