// SPDX-License-Identifier: Apache-2.0

/// The receiving side of a mail conversation, as a pure machine: bytes in, steps out.
struct SMTPDialogue {
    struct Envelope: Equatable {
        var sender = ""
        var recipients: [String] = []
        var data: [UInt8] = []
    }

    enum Step: Equatable {
        case say(String)
        case deliver(Envelope)
        case end(String)
    }

    private var envelope = Envelope()
    private var isInData = false
    private var line: [UInt8] = []

    /// Takes what arrived and answers with the steps it leads to.
    mutating func take(_ bytes: [UInt8]) -> [Step] {
        var steps: [Step] = []
        for byte in bytes {
            guard byte == 10 else {
                line.append(byte)
                if !isInData, line.count > SMTPListener.lineBytes { return steps + [.end("500 5.5.2 dong qua dai")] }
                if isInData, envelope.data.count + line.count > SMTPListener.messageBytes {
                    return steps + [.end("552 5.3.4 thu qua lon")]
                }
                continue
            }
            if line.last == 13 { line.removeLast() }
            if let step = isInData ? dataLine() : command() { steps.append(step) }
            line = []
        }
        return steps
    }

    private mutating func dataLine() -> Step? {
        if line == [46] {
            isInData = false
            defer { envelope = Envelope() }
            return .deliver(envelope)
        }
        // A leading dot was doubled by the sender (RFC 5321, 4.5.2).
        envelope.data += line.first == 46 ? line.dropFirst() : line[...]
        envelope.data += [13, 10]
        return nil
    }

    private mutating func command() -> Step {
        let text = String(decoding: line, as: UTF8.self)
        let upper = text.uppercased()
        if upper.hasPrefix("EHLO") { return .say("250-sandbox\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 41943040") }
        if upper.hasPrefix("HELO") { return .say("250 sandbox") }
        if upper.hasPrefix("MAIL FROM:") {
            envelope = Envelope(sender: address(text))
            return .say("250 2.1.0 ok")
        }
        if upper.hasPrefix("RCPT TO:") {
            guard envelope.recipients.count < 100 else { return .say("452 4.5.3 qua nhieu nguoi nhan") }
            envelope.recipients.append(address(text))
            return .say("250 2.1.5 ok")
        }
        switch upper {
        case "DATA":
            guard !envelope.recipients.isEmpty else { return .say("503 5.5.1 thieu nguoi nhan") }
            isInData = true
            return .say("354 gui noi dung, ket thuc bang mot dau cham")
        case "RSET":
            envelope = Envelope()
            return .say("250 2.0.0 ok")
        case "NOOP": return .say("250 2.0.0 ok")
        case "QUIT": return .end("221 2.0.0 tam biet")
        default: return .say("502 5.5.1 khong hieu")
        }
    }

    /// What stands between the angle brackets.
    private func address(_ text: String) -> String {
        guard let start = text.firstIndex(of: "<"), let end = text[start...].firstIndex(of: ">") else {
            let rest = text.split(separator: ":", maxSplits: 1).dropFirst().first ?? ""
            return rest.split(separator: " ").first.map { String($0) } ?? ""
        }
        return String(text[text.index(after: start)..<end])
    }
}
