// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
public import WorkingTime

/// What reading and checking one pack gave.
public struct CheckedPack: Sendable {
    /// The files.
    public let source: PackSource
    /// The pack; nil when its text cannot be read.
    public let pack: ProcedurePack?
    /// Everything found, errors and warnings, in the order of the file.
    public let findings: [CatalogueFinding]

    /// Whether the pack may be published: read, and without errors.
    public var isSound: Bool { pack != nil && !findings.contains(where: \.isError) }
}

/// Refuses a pack that could fail a citizen. Pure: the same files give the same findings.
///
/// Rules are those of `PackRule`; each has a broken pack in the tests.
public struct PackChecker: Sendable {
    /// Changes when a rule changes, so that a verdict kept from an older release is not believed.
    public static let version = 6

    /// The calendar by which examples are counted.
    public let calendar: WorkCalendar
    /// Codes that no pack may bear.
    public let repealed: RepealedProcedures

    /// A checker that counts examples by this calendar and refuses these codes.
    public init(calendar: WorkCalendar = .standard, repealed: RepealedProcedures = .none) {
        (self.calendar, self.repealed) = (calendar, repealed)
    }

    /// What a verdict rests on beside the files: one that was given under another mark is not believed.
    var mark: String { "\(PackChecker.version)-\(calendar.version)-\(repealed.digest.hex.prefix(16))" }

    /// Reads and checks one pack.
    public func check(_ source: PackSource) -> CheckedPack {
        let out = FindingCollector(file: "\(source.path)/\(PackSource.mainFile)", isStrict: true)
        guard let pack = PackDecoder.decode(source, out) else {
            return CheckedPack(source: source, pack: nil, findings: sorted(out.findings))
        }
        PackCheck(pack: pack, source: source, calendar: calendar, repealed: repealed, out: out).run()
        return CheckedPack(source: source, pack: pack, findings: sorted(out.findings))
    }

    /// Reads and checks many packs; one that is bad never stops the others. Two with the same code are both refused.
    public func check(_ sources: [PackSource]) -> [CheckedPack] {
        let checked = sources.map(check)
        let all = checked.compactMap(\.pack).flatMap { Set([$0.code] + $0.localCodes) }
        let codes = Dictionary(grouping: all) { $0 }.filter { $1.count > 1 }
        return checked.map { one in
            guard let pack = one.pack else { return one }
            let strange = unknownSources(of: one, among: Set(all))
            let told = strange.isEmpty ? one.findings : sorted(one.findings + strange)
            let code = ([pack.code] + pack.localCodes).first { codes[$0] != nil }
            let twin = code.map { [CatalogueFinding.duplicateCode($0, of: one.source)] } ?? []
            return CheckedPack(source: one.source, pack: pack, findings: twin + told)
        }
    }

    /// Warns of papers that are taken from results of procedures which none of these packs describes.
    public func unknownSources(of checked: CheckedPack, among known: Set<String>) -> [CatalogueFinding] {
        let out = FindingCollector(file: "\(checked.source.path)/\(PackSource.mainFile)")
        for component in checked.pack?.components ?? [] {
            for code in component.reusableFrom where !known.contains(code) {
                out.warning(
                    .unknownReference,
                    at: component.place,
                    "Giấy tờ “\(component.id)” lấy từ kết quả của thủ tục “\(code)”, không có gói nào mang mã này.",
                    remedy: "Kiểm tra lại mã trong reusableFrom, hoặc thêm gói của thủ tục đó."
                )
            }
        }
        return out.findings
    }

    /// Only that the text of a pack is YAML of the kind in which packs are written.
    public func checkSyntax(_ source: PackSource) -> [CatalogueFinding] {
        let out = FindingCollector(file: "\(source.path)/\(PackSource.mainFile)", isStrict: true)
        _ = PackDecoder.tree(source, out)
        return out.findings
    }

    private func sorted(_ findings: [CatalogueFinding]) -> [CatalogueFinding] {
        findings.enumerated().sorted { first, second in
            (first.element.file, first.element.place, first.offset)
                < (second.element.file, second.element.place, second.offset)
        }
        .map(\.element)
    }
}

/// One run of the checker over one pack.
struct PackCheck {
    let pack: ProcedurePack
    let source: PackSource
    let calendar: WorkCalendar
    let repealed: RepealedProcedures
    let out: FindingCollector

    func run() {
        checkIdentity()
        checkFacts()
        checkVerdicts()
        checkPlan()
        checkChannels()
        checkVariants()
        checkForm()
        checkResult()
        checkFees()
        checkWorkflow()
        checkHeldData()
        // Of a pack that is already refused, cases and examples would only repeat what was said.
        if !out.hasErrors { checkPaper() }
        if !out.hasErrors { checkCases() }
        if !out.hasErrors { checkGuardedCases() }
        if !out.hasErrors { checkExamples() }
    }

    /// Reports every id that stands twice.
    func checkUnique(_ names: [(String, SourcePlace)], _ what: String) {
        var counts: [String: Int] = [:]
        for (name, place) in names {
            counts[name, default: 0] += 1
            // The third is mended with the second.
            guard counts[name] == 2 else { continue }
            out.error(
                .duplicateName,
                at: place,
                "\(what) “\(name)” có hai lần.",
                remedy: "Đặt tên khác, hoặc bỏ một."
            )
        }
    }

    // MARK: - Identity and facts

    private func checkIdentity() {
        checkUnique(([pack.code] + pack.localCodes).map { ($0, pack.place(of: "localCodes")) }, "Mã")
        for code in Set([pack.code] + pack.localCodes).sorted() where !code.isEmpty && !PackSkeleton.canNameFolder(code)
        {
            out.error(
                .badValue,
                at: pack.place(of: code == pack.code ? "code" : "localCodes"),
                "Mã “\(code)” không đặt tên thư mục được trên mọi hệ điều hành.",
                remedy: "Bắt đầu và kết thúc mã bằng chữ hoặc số, không dùng tên thiết bị như CON."
            )
        }
        if source.folderName != pack.code {
            out.error(
                .codeMismatch,
                at: pack.place(of: "code"),
                "Mã “\(pack.code)” không giống tên thư mục “\(source.folderName)”.",
                remedy: "Đặt thư mục theo mã thủ tục."
            )
        }
        if repealed.contains(pack.code), pack.validTo == nil {
            out.error(
                .repealedCode,
                at: pack.place(of: "code"),
                "Mã thủ tục “\(pack.code)” đã bãi bỏ.",
                remedy: repealed.successor(of: pack.code).map { "Dùng mã thay thế \($0)." }
                    ?? "Ghi ngày hết hiệu lực vào validTo, hoặc bỏ gói này."
            )
        }
        if let last = pack.validTo, last < pack.validFrom {
            out.error(
                .validityOrder,
                at: pack.place(of: "validTo"),
                "Ngày hết hiệu lực \(last.vietnamese) trước ngày có hiệu lực \(pack.validFrom.vietnamese).",
                remedy: "Sửa validFrom hoặc validTo."
            )
        }
    }

    private func checkFacts() {
        checkUnique(pack.legalBasis.map { ($0.id, $0.place) }, "Căn cứ")
        checkUnique(pack.information.map { ($0.item.rawValue, $0.place) }, "Nội dung thông tin")
        checkUnique(pack.notices.map { ($0.event.rawValue, $0.place) }, "Thông báo")
        for item in InformationItem.allCases where !pack.publishedInformation.contains(item) {
            let isPublication = item == .legalBasis && !pack.legalBasis.contains(where: \.isPublication)
            out.error(
                .missingInformation,
                at: pack.place(of: isPublication ? "legalBasis" : "information"),
                "Chưa có đủ nội dung “\(item.vietnamese)” trong 11 nội dung phải công khai.",
                remedy: isPublication
                    ? "Thêm quyết định công bố vào legalBasis với publication: yes."
                    : "Thêm item: \(item.rawValue) vào information với nguồn của nó."
            )
        }
        let facts: [(String, Bool, SourcePlace)] =
            pack.legalBasis.map { ("Căn cứ “\($0.name)”", $0.isVerified, $0.place) }
            + pack.information.map { ("Nội dung “\($0.item.vietnamese)”", $0.isVerified, $0.place) }
            + pack.presence.map { ("Việc phải có mặt “\($0.reason)”", $0.isVerified, $0.place) }
            + [("Thời hạn lưu hồ sơ", pack.retention.isVerified, pack.retention.place)]
            + (pack.cost.map { [("Chi phí tuân thủ", $0.isVerified, $0.place)] } ?? [])
            + pack.fees.items.flatMap { item in
                item.rules.map { ("Mức thu “\(item.name)”", $0.isVerified, $0.place) }
                    + item.exemptions.map { ("Miễn giảm “\($0.name)”", $0.isVerified, $0.place) }
            }
        for (what, isVerified, place) in facts where !isVerified {
            out.warning(
                .unverifiedFact,
                at: place,
                "\(what) chưa được đối chiếu với văn bản gốc.",
                remedy: "Đối chiếu rồi viết verified: yes."
            )
        }
        let reachable = LevelAssessment.assess(LevelEvidence(pack, platform: .complete))
        if let level = reachable.level, pack.declaredLevel > level {
            out.error(
                .levelTooHigh,
                at: pack.place(of: "declaredLevel"),
                "Công bố \(pack.declaredLevel.vietnamese.lowercased()) nhưng gói chỉ đạt "
                    + "\(level.vietnamese.lowercased()): \(reachable.missing.map(\.missing).joined(separator: "; ")).",
                remedy: "Bổ sung cho đủ, hoặc hạ declaredLevel."
            )
        }
    }

    // MARK: - Channels and papers

    private func checkChannels() {
        checkUnique(pack.submissionMethods.map { ($0.channel.rawValue, $0.place) }, "Kênh nộp")
        checkUnique(pack.components.map { ($0.id, $0.place) }, "Giấy tờ")
        if pack.form == nil, let online = pack.method(.online) {
            out.error(
                .channelWithoutForm,
                at: online.place,
                "Nộp trực tuyến nhưng gói không có form.",
                remedy: "Thêm form, hoặc bỏ kênh online."
            )
        }
        checkEnglish()
        for component in pack.components {
            checkCanBeGiven(component)
            let known = ConditionScope(pack.form?.fields ?? [])
            check(component.visibleWhen, in: known)
            check(component.required.condition, in: known)
        }
    }

    /// Each paper has at most one English name, and there is such a paper.
    private func checkEnglish() {
        let papers = pack.english?.papers ?? []
        checkUnique(papers.map { ($0.component, $0.place) }, "Tên tiếng Anh của giấy tờ")
        let known = pack.components.map(\.id)
        for paper in papers where !known.contains(paper.component) {
            let near = EditDistance.nearest(to: paper.component, in: known)
            out.error(
                .unknownReference,
                at: paper.place,
                "Không có giấy tờ “\(paper.component)” để đặt tên tiếng Anh.",
                remedy: near.map { "Có phải là “\($0)”?" } ?? "Dùng id của một giấy tờ trong components."
            )
        }
    }

    private func checkCanBeGiven(_ component: RequiredComponent) {
        let isElectronic = component.copies[.electronic] != nil && !component.accepts.isEmpty
        let isPaper = component.copies[.original] != nil || component.copies[.copy] != nil
        let closed = pack.channels.filter { $0 == .online ? !isElectronic : !isPaper }
        guard component.required != .never || component.copies.isEmpty, let channel = closed.min(by: precedes) else {
            return
        }
        out.error(
            .paperNobodyCanGive,
            at: component.place,
            "Giấy tờ “\(component.name)” phải có nhưng không nộp được qua kênh \(channel.rawValue).",
            remedy: channel == .online
                ? "Thêm copies.electronic và accepts." : "Thêm copies.original hoặc copies.copy."
        )
    }

    private func precedes(_ first: Channel, _ second: Channel) -> Bool { first.rawValue < second.rawValue }
}
