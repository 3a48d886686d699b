// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// A small mail server (RFC 5321) that keeps every message in the mailbox; no encryption, no login, loopback only.
struct SMTPListener: Sendable {
    let mailbox: Mailbox
    let faults: FaultBoard
    let logger: Logger

    /// One message, with its attachments in base64.
    static let messageBytes = 40 * 1_024 * 1_024
    static let lineBytes = 8 * 1_024

    typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Opens the port; the service then takes connections.
    func start(port: Int) async throws -> SMTPService {
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Connection(wrappingChannelSynchronously: channel)
                }
            }
        return SMTPService(listener: self, channel: channel, port: channel.channel.localAddress?.port ?? port)
    }

    /// One conversation, from greeting to QUIT.
    func converse(_ connection: Connection) async throws {
        try await connection.executeThenClose { inbound, outbound in
            func say(_ text: String) async throws { try await outbound.write(ByteBuffer(string: text + "\r\n")) }
            try await say("220 sandbox thu nghiem")
            var dialogue = SMTPDialogue()
            for try await buffer in inbound {
                for step in dialogue.take(Array(buffer.readableBytesView)) {
                    switch step {
                    case .say(let text): try await say(text)
                    case .end(let text):
                        try await say(text)
                        return
                    case .deliver(let envelope): try await say(deliver(envelope))
                    }
                }
            }
        }
    }

    private func deliver(_ envelope: SMTPDialogue.Envelope) -> String {
        guard !faults.injects(.mailDown) else { return "451 4.3.0 tam dung" }
        let message = MailMessage(envelope.data)
        for recipient in envelope.recipients {
            for _ in 0..<(faults.injects(.mailDuplicate) ? 2 : 1) {
                mailbox.take(
                    .mail,
                    from: envelope.sender,
                    to: recipient,
                    subject: message.subject,
                    text: message.text,
                    attachments: message.attachments
                )
            }
        }
        return "250 2.0.0 da nhan"
    }
}

/// The open port as a service.
struct SMTPService: Service {
    let listener: SMTPListener
    let channel: NIOAsyncChannel<SMTPListener.Connection, Never>
    let port: Int

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await takeConnections() }
        } catch is CancellationError {
            return  // told to stop: that is how it ends
        }
    }

    private func takeConnections() async throws {
        try await channel.executeThenClose { inbound in
            try await withThrowingDiscardingTaskGroup { group in
                for try await connection in inbound {
                    group.addTask {
                        do {
                            try await listener.converse(connection)
                        } catch {
                            listener.logger.info("mail conversation ended", metadata: ["error": "\(type(of: error))"])
                        }
                    }
                }
            }
        }
    }
}
