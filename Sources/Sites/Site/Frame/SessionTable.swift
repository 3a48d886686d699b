// SPDX-License-Identifier: Apache-2.0

public import Identity
public import Kernel
public import Markup

/// An officer's open session, to herself and to who administers her agency.
public struct SessionLine: Sendable {
    /// Which, sent back as `phien`.
    public var id: String
    /// "Chrome trên Windows".
    public var device: String
    /// "Mật khẩu và mã xác thực".
    public var methodWord: String
    /// When it began.
    public var startedAt: Instant
    /// The last request that was noted.
    public var seenAt: Instant
    /// Whether it is the very one that looks.
    public var isOwn: Bool

    /// One open session.
    public init(
        id: String,
        device: String,
        methodWord: String,
        startedAt: Instant,
        seenAt: Instant,
        isOwn: Bool = false
    ) {
        (self.id, self.device, self.methodWord) = (id, device, methodWord)
        (self.startedAt, self.seenAt, self.isOwn) = (startedAt, seenAt, isOwn)
    }

    /// The words for a session.
    ///
    /// - Parameters:
    ///   - session: which.
    ///   - id: what names it in the form.
    ///   - actor: who looks.
    public init(_ session: OfficerSession, id: String, seenBy actor: Actor) {
        self.init(
            id: id,
            device: session.device.isEmpty ? "Không rõ thiết bị" : session.device,
            methodWord: AuthenticationWords.of(session.authentication),
            startedAt: session.startedAt,
            seenAt: session.seenAt,
            isOwn: session.digest == actor.session
        )
    }
}

extension PageFrame {
    /// The open sessions of one officer, each with its end, and the end of all.
    ///
    /// - Parameters:
    ///   - lines: the sessions, the last used first.
    ///   - heading: the id of the heading over them.
    ///   - action: where they are ended, by POST with `phien`, or with `tat-ca`.
    ///   - endAllLabel: what ends all of them.
    /// - Returns: a table and a button.
    public func sessions(
        _ lines: [SessionLine],
        under heading: String,
        action: String,
        endAllLabel: String
    ) -> HTML {
        let table = CardTable(
            labelledBy: heading,
            columns: [
                .init("Thiết bị"), .init("Cách đăng nhập"), .init("Bắt đầu"), .init("Dùng lần cuối"), .init("Việc"),
            ],
            lines: lines.map { line in
                CardTable.TableLine([
                    "\(line.device)", "\(line.methodWord)", "\(line.startedAt.vietnamese)", "\(line.seenAt.vietnamese)",
                    line.isOwn ? Parts.tag("Phiên này", .info) : end(line, action),
                ])
            },
            isStacked: true
        )
        return """
            \(Parts.cardTable(table))
            \(form(
                FormShape(action: action),
                Parts.button(endAllLabel, name: "tat-ca", value: "1", style: .secondary)
            ))
            """
    }

    private func end(_ line: SessionLine, _ action: String) -> HTML {
        form(
            FormShape(action: action),
            Parts.button(
                "Kết thúc",
                name: "phien",
                value: line.id,
                style: .link,
                spoken: "phiên trên \(line.device)"
            )
        )
    }
}
