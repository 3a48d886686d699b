// SPDX-License-Identifier: Apache-2.0

import Kernel
import Synchronization

/// Everything that was sent to people: mail and text messages, newest first.
final class Mailbox: Sendable {
    enum Kind: String, Sendable, Codable {
        case sms, mail
    }

    struct Attachment: Sendable, Codable, Equatable {
        var name: String
        var type: String
        var base64: String
    }

    struct Message: Sendable, Codable {
        var number: Int
        var kind: Kind
        var at: Instant
        var from: String
        var to: String
        var subject: String
        var text: String
        var attachments: [Attachment]
    }

    private struct State {
        var messages: [Message] = []
        var count = 0
    }

    /// Messages that are kept; older ones go first.
    static let limit = 1_000

    private let state = Mutex(State())
    private let clock: Clock

    init(clock: Clock) { self.clock = clock }

    @discardableResult
    func take(
        _ kind: Kind,
        from: String,
        to: String,
        subject: String,
        text: String,
        attachments: [Attachment] = []
    ) -> Int {
        let now = clock.now()
        return state.withLock { state in
            state.count += 1
            state.messages.append(
                Message(
                    number: state.count,
                    kind: kind,
                    at: now,
                    from: from,
                    to: to,
                    subject: subject,
                    text: text,
                    attachments: attachments
                )
            )
            if state.messages.count > Self.limit { state.messages.removeFirst() }
            return state.count
        }
    }

    /// Newest first; only those to one address or number when it is given.
    func messages(to: String? = nil) -> [Message] {
        let wanted = to.map(Self.comparable)
        return state.withLock { state in
            state.messages.reversed().filter { wanted == nil || Self.comparable($0.to) == wanted }
        }
    }

    func empty() { state.withLock { $0.messages = [] } }

    /// One form for `+84 900…`, `0900…` and addresses of any case.
    private static func comparable(_ address: String) -> String {
        PhoneNumber(address)?.national ?? address.lowercased()
    }
}
