// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import WorkingTime

/// What pages say about a pack in a few words.
enum PackWords {
    static func level(_ pack: ProcedurePack) -> String { pack.declaredLevel.extent.vietnamese }

    /// The limit online, with the hour after which the next working day counts.
    static func time(_ pack: ProcedurePack) -> String {
        let method = pack.method(.online) ?? pack.submissionMethods.first
        return time(method?.timeLimit, method?.cutOff)
    }

    static func time(_ limit: TimeLimit?, _ cutOff: LocalTime?) -> String {
        guard let limit else { return "Theo quy định" }
        let after = cutOff.map { "; nhận sau \($0.hourMinute) thì tính từ ngày làm việc kế tiếp" } ?? ""
        return limit.vietnamese + after
    }

    /// What it costs in general: the amounts of the rules that hold on this day for this channel.
    static func fee(_ pack: ProcedurePack, on day: LocalDate, by channel: Channel = .online) -> String {
        fee(pack.fees.prices(on: day, by: channel))
    }

    static func fee(_ prices: [ProcedureListing.Price]) -> String {
        prices.isEmpty ? "Miễn lệ phí" : prices.map(\.words).joined(separator: "; ")
    }

    /// `PDF, JPG, PNG hoặc HEIC; bản chính 1`.
    static func paper(_ component: RequiredComponent) -> String {
        let copies = component.copies.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.value) \($0.key.vietnamese)" }
            .joined(separator: ", ")
        let help = component.help.map { $0 + " " } ?? ""
        return help + (copies.isEmpty ? "" : "Cần \(copies).")
    }

    static func missing(_ component: RequiredComponent) -> String { "Chọn \(component.thing)" }
}
