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
    public static let version = 2

    /// The calendar by which examples are counted.
    public let calendar: WorkCalendar

    /// A checker that counts examples by this calendar.
    public init(calendar: WorkCalendar = .standard) {
        self.calendar = calendar
    }

    /// Reads and checks one pack.
    public func check(_ source: PackSource) -> CheckedPack {
        let out = FindingCollector(file: "\(source.path)/\(PackSource.mainFile)")
        guard let pack = PackDecoder.decode(source, out) else {
            return CheckedPack(source: source, pack: nil, findings: sorted(out.findings))
        }
        PackCheck(pack: pack, source: source, calendar: calendar, out: out).run()
        return CheckedPack(source: source, pack: pack, findings: sorted(out.findings))
    }

    /// Reads and checks many packs; one that is bad never stops the others. Two with the same code are both refused.
    public func check(_ sources: [PackSource]) -> [CheckedPack] {
        let checked = sources.map(check)
        let codes = Dictionary(grouping: checked.compactMap(\.pack?.code)) { $0 }.filter { $1.count > 1 }
        return checked.map { one in
            guard let code = one.pack?.code, codes[code] != nil else { return one }
            let finding = CatalogueFinding(
                file: "\(one.source.path)/\(PackSource.mainFile)",
                place: .start,
                rule: .duplicateCode,
                grade: .error,
                text: "Mã thủ tục “\(code)” có ở nhiều gói.",
                remedy: "Giữ lại một gói cho mỗi mã."
            )
            return CheckedPack(source: one.source, pack: one.pack, findings: [finding] + one.findings)
        }
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
    let out: FindingCollector

    func run() {
        checkIdentity()
        checkFacts()
        checkChannels()
        checkForm()
        checkResult()
        checkFees()
        checkWorkflow()
        // Examples of a pack that is already refused would only repeat what was said.
        if !out.hasErrors { checkExamples() }
    }

    /// Reports every id that stands twice.
    func checkUnique(_ names: [(String, SourcePlace)], _ what: String) {
        var seen: Set<String> = []
        for (name, place) in names where !seen.insert(name).inserted {
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
        let allowed = pack.code.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 46
                || byte == 95
        }
        if !allowed {
            out.error(
                .badValue,
                at: pack.place(of: "code"),
                "Mã thủ tục “\(pack.code)” có ký tự lạ.",
                remedy: "Chỉ dùng chữ không dấu, số, dấu chấm và gạch dưới."
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
            + [("Thời hạn lưu hồ sơ", pack.retention.isVerified, pack.retention.place)]
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
        for component in pack.components {
            checkCanBeGiven(component)
            let known = ConditionScope(pack.form?.fields ?? [])
            check(component.visibleWhen, in: known)
            check(component.required.condition, in: known)
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
