// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Kernel
import Site
import WorkingTime

/// What pages say about a pack in a few words.
enum PackWords {
    /// What the pack says in English, with the way to the other language; nil where it says nothing.
    static func english(_ pack: ProcedurePack, isShown: Bool) -> ProcedurePage.English? {
        guard let english = pack.english else { return nil }
        let named = pack.components.compactMap { component in
            english.paper(component.id).map { (component.name, $0) }
        }
        return ProcedurePage.English(
            name: english.name,
            summary: english.summary,
            papers: Dictionary(named, uniquingKeysWith: { first, _ in first }),
            isShown: isShown,
            otherHref: SiteURL.procedure(pack.code).path(isShown ? [] : [("lang", "en")])
        )
    }

    /// The limit online, with the hour after which the next working day counts.
    static func time(_ pack: ProcedurePack) -> String {
        let method = pack.method(.online) ?? pack.submissionMethods.first
        return method?.promise.vietnamese(or: pack.lengthenings) ?? time(nil, nil)
    }

    static func time(_ limit: TimeLimit?, _ cutOff: LocalTime?) -> String {
        limit.map { LimitPromise(limit: $0, cutOff: cutOff).vietnamese } ?? "Theo quy định"
    }

    /// What it costs in general: the amounts of the rules for every case that hold on this day for this channel.
    static func fee(_ pack: ProcedurePack, on day: LocalDate, by channel: Channel = .online) -> String {
        let prices = ProcedureEntry(unpublished: pack).prices(on: day, by: channel)
        return fee(prices.map(ProcedureListing.Price.init))
    }

    /// Where nothing is to be paid, neither a fee nor a charge is exempted: none is collected.
    static func fee(_ prices: [ProcedureListing.Price]) -> String {
        prices.isEmpty ? noFee : prices.map(\.words).joined(separator: "; ")
    }

    /// In place of an amount where the pack knows neither fee nor charge; the facet of the list says the same.
    static let noFee = "Không thu phí, lệ phí"

    /// The amounts as `fee` tells them; where channels differ, with the channel that they are of.
    static func feeByChannel(_ pack: ProcedurePack, on day: LocalDate) -> String {
        let channel = (pack.method(.online) ?? pack.submissionMethods.first)?.channel ?? .online
        let words = fee(pack, on: day, by: channel)
        let isAlike = pack.submissionMethods.allSatisfy { fee(pack, on: day, by: $0.channel) == words }
        return isAlike ? words : "\(words) khi \(channel.vietnamese.lowercased())"
    }

    /// `Cần 1 bản điện tử nếu nộp trực tuyến; 1 bản chính, 1 bản sao nếu nộp giấy.`
    static func paper(_ component: RequiredComponent) -> String {
        func words(_ kinds: [CopyKind]) -> String {
            kinds.compactMap { kind in component.copies[kind].map { "\($0) \(kind.vietnamese)" } }
                .joined(separator: ", ")
        }
        let ways = [
            (words([.electronic]), "nếu nộp trực tuyến"),
            (words([.original, .copy]), "nếu nộp giấy"),
        ]
        let copies = ways.filter { !$0.0.isEmpty }.map { "\($0.0) \($0.1)" }.joined(separator: "; ")
        let help = component.help.map { $0 + " " } ?? ""
        return help + (copies.isEmpty ? "" : "Cần \(copies).")
    }

    /// Where a file beside the pack is downloaded; nil without one.
    static func href(_ file: PackFile?, of pack: ProcedurePack) -> String? {
        file.map { SiteURL.procedureFile(pack.code, digest: $0.digest.hex, name: $0.name).path }
    }

    static func missing(_ component: RequiredComponent) -> String { "Chọn \(component.thing)" }
}
