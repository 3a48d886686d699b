// SPDX-License-Identifier: Apache-2.0

import Kernel
import WorkingTime

/// The facts of an entry as one column: read at each start for every procedure, so a plain text of parts instead of
/// JSON. No text of a pack holds a control character (the checker refuses them), so these divide the parts.
enum EntryText {
    /// Changes with the parts; an entry of another form is made anew from its pack.
    static let form = 4

    private static let part: Character = "\u{1F}"
    private static let item: Character = "\u{1E}"
    private static let piece: Character = "\u{1D}"
    private static let partCount = 17

    static func encode(_ facts: ProcedureEntry.Facts) -> String {
        let agencies = facts.agencies.map { [$0.kind.rawValue, $0.level.rawValue, $0.name] }
        let methods = facts.methods.map { method in
            [
                method.channel.rawValue, "\(method.timeLimit.value)", method.timeLimit.unit.rawValue,
                method.cutOff.map { "\($0.secondOfDay)" } ?? "",
            ]
        }
        let prices = facts.prices.map { price in
            [
                "\(price.item)", price.kind.rawValue, "\(price.validFrom)", price.validTo.map { "\($0)" } ?? "",
                price.channels.map(\.rawValue).joined(separator: ","),
                price.isFree ? "1" : price.isSetByCouncil ? "2" : "0",
                price.words,
            ]
        }
        let stages = facts.stages.map { [$0.id, $0.name, $0.lane.rawValue, $0.sender?.rawValue ?? ""] }
        let sector = join([facts.sector.code ?? "", facts.sector.name], piece)
        let target = facts.target.map { target in
            [target.level.rawValue.description, "\(target.quarter)", target.owner] + target.obstacles
        }
        return join(
            [
                facts.name, facts.summary, join(facts.keywords, item), sector,
                facts.resultName, join(facts.subjects.map(\.rawValue), item), lists(agencies),
                "\(facts.declaredLevel.rawValue)", lists(methods), lists(prices), "\(facts.validFrom)",
                facts.validTo.map { "\($0)" } ?? "", "\(facts.unverifiedCount)", lists(stages),
                join(facts.localCodes, item), join(facts.shown.pieces + [facts.hasCost ? "1" : "0"], piece),
                join(target ?? [], piece),
            ],
            part
        )
    }

    /// Nil for a text of another form.
    static func decode(_ text: String) -> ProcedureEntry.Facts? {
        let parts = split(text, part)
        guard parts.count == partCount else { return nil }
        let sector = split(parts[3], piece)
        let agencies = split(parts[6], item).map { split($0, piece) }.compactMap(agency)
        let methods = split(parts[8], item).map { split($0, piece) }.compactMap(method)
        let prices = split(parts[9], item).map { split($0, piece) }.compactMap(price)
        guard sector.count == 2, let level = Int(parts[7]).flatMap(ServiceLevel.init(rawValue:)),
            let validFrom = LocalDate(String(parts[10])), let unverified = Int(parts[12])
        else { return nil }
        let evidence = split(parts[15], piece)
        guard let shown = PackEvidence(pieces: Array(evidence.dropLast())) else { return nil }
        return ProcedureEntry.Facts(
            name: String(parts[0]),
            summary: String(parts[1]),
            localCodes: split(parts[14], item).map(String.init),
            keywords: split(parts[2], item).map(String.init),
            sector: Sector(code: sector[0].isEmpty ? nil : String(sector[0]), name: String(sector[1])),
            resultName: String(parts[4]),
            subjects: split(parts[5], item).compactMap { SubjectKind(rawValue: String($0)) },
            agencies: agencies,
            declaredLevel: level,
            methods: methods,
            prices: prices,
            validFrom: validFrom,
            validTo: LocalDate(String(parts[11])),
            stages: split(parts[13], item).map { split($0, piece) }.compactMap(stage),
            unverifiedCount: unverified,
            shown: shown,
            target: target(split(parts[16], piece)),
            hasCost: evidence.last == "1"
        )
    }

    private static func target(_ pieces: [Substring]) -> LevelTarget? {
        guard pieces.count >= 3, let level = Int(pieces[0]).flatMap(ServiceLevel.init(rawValue:)),
            let quarter = Quarter(String(pieces[1]))
        else { return nil }
        return LevelTarget(
            level: level,
            quarter: quarter,
            owner: String(pieces[2]),
            obstacles: pieces.dropFirst(3).map(String.init)
        )
    }

    private static func stage(_ pieces: [Substring]) -> ProcedureEntry.Stage? {
        guard pieces.count == 4, let lane = PublicLane(rawValue: String(pieces[2])) else { return nil }
        return ProcedureEntry.Stage(
            id: String(pieces[0]),
            name: String(pieces[1]),
            lane: lane,
            sender: StepRole(rawValue: String(pieces[3]))
        )
    }

    private static func agency(_ pieces: [Substring]) -> ExecutingAgency? {
        guard pieces.count == 3, let kind = ExecutingAgencyKind(rawValue: String(pieces[0])),
            let level = ExecutingLevel(rawValue: String(pieces[1]))
        else { return nil }
        return ExecutingAgency(kind: kind, level: level, name: String(pieces[2]))
    }

    private static func method(_ pieces: [Substring]) -> ProcedureEntry.Method? {
        guard pieces.count == 4, let channel = Channel(rawValue: String(pieces[0])),
            let unit = TimeLimitUnit(rawValue: String(pieces[2])),
            let limit = Int(pieces[1]).flatMap({ TimeLimit($0, unit) })
        else { return nil }
        let cutOff = Int(pieces[3]).map { LocalTime(secondOfDay: $0) }
        return ProcedureEntry.Method(channel: channel, timeLimit: limit, cutOff: cutOff)
    }

    private static func price(_ pieces: [Substring]) -> ProcedureEntry.Price? {
        guard pieces.count == 7, let item = Int(pieces[0]), let kind = FeeKind(rawValue: String(pieces[1])),
            let validFrom = LocalDate(String(pieces[2]))
        else { return nil }
        return ProcedureEntry.Price(
            item: item,
            kind: kind,
            validFrom: validFrom,
            validTo: LocalDate(String(pieces[3])),
            channels: split(pieces[4], ",").compactMap { Channel(rawValue: String($0)) },
            isFree: pieces[5] == "1",
            isSetByCouncil: pieces[5] == "2",
            words: String(pieces[6])
        )
    }

    private static func join(_ parts: [String], _ mark: Character) -> String { parts.joined(separator: String(mark)) }

    private static func lists(_ rows: [[String]]) -> String { join(rows.map { join($0, piece) }, item) }

    /// By bytes: all marks are ASCII, and letters are not looked at.
    private static func split(_ text: some StringProtocol, _ mark: Character) -> [Substring] {
        guard !text.isEmpty, let byte = mark.asciiValue else { return mark == part ? [Substring(text)] : [] }
        let whole = Substring(text)
        return whole.utf8.split(separator: byte, omittingEmptySubsequences: false).map { Substring($0) }
    }
}
