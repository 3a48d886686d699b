// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Kernel
import Site
import WorkingTime

/// What pages say about a pack in a few words.
enum PackWords {
    static func level(_ pack: ProcedurePack) -> String {
        switch pack.declaredLevel {
        case .four: "Toàn trình"
        case .three: "Một phần"
        case .one, .two: "Cung cấp thông tin"
        }
    }

    /// The limit online, with the hour after which the next working day counts.
    static func time(_ pack: ProcedurePack) -> String {
        (pack.method(.online) ?? pack.submissionMethods.first)?.promise.vietnamese ?? "Theo quy định"
    }

    /// What it costs in general: the amounts of the rules for every case that hold on this day for this channel.
    static func fee(_ pack: ProcedurePack, on day: LocalDate, by channel: Channel = .online) -> String {
        let words = pack.fees.items.compactMap { item -> String? in
            let rule = item.rules.first { rule in
                rule.when == nil && rule.validFrom <= day && (rule.validTo.map { day <= $0 } ?? true)
                    && (rule.channels.isEmpty || rule.channels.contains(channel))
            }
            switch rule?.amount {
            case .free: return item.kind.freeText
            case .fixed(let amount): return "\(item.kind.vietnamese) \(amount)"
            case .perUnit(let price): return "\(item.kind.vietnamese) \(price.vietnamese)"
            case nil: return nil
            }
        }
        return words.isEmpty ? "Miễn lệ phí" : words.joined(separator: "; ")
    }

    /// `PDF, JPG, PNG hoặc HEIC; bản chính 1`.
    static func paper(_ component: RequiredComponent) -> String {
        let copies = component.copies.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.value) \($0.key.vietnamese)" }
            .joined(separator: ", ")
        let help = component.help.map { $0 + " " } ?? ""
        return help + (copies.isEmpty ? "" : "Cần \(copies).")
    }

    /// Where a file beside the pack is downloaded; nil without one.
    static func href(_ file: PackFile?, of pack: ProcedurePack) -> String? {
        file.map { SiteURL.procedureFile(pack.code, digest: $0.digest.hex, name: $0.name).path }
    }

    static func missing(_ component: RequiredComponent) -> String { "Chọn \(component.thing)" }
}
