// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import Kernel

/// The gateway that turns a call into a short message.
public struct SMSSettings: Sendable {
    /// Where messages are posted to.
    public var url: String
    /// Sent as `Authorization: Bearer …`.
    public var token: String?
    /// The name that the receiver sees, as registered with the operators.
    public var senderName: String
    /// For one message.
    public var timeoutSeconds: Double

    /// Settings of a gateway.
    public init(url: String, senderName: String, token: String? = nil, timeoutSeconds: Double = 20) {
        self.url = url
        self.senderName = senderName
        self.token = token
        self.timeoutSeconds = timeoutSeconds
    }
}

/// Sends short messages through a gateway that takes JSON over HTTP:
/// `POST url {"recipient": "+84…", "sender": "…", "text": "…", "reference": "…"}` → 2xx `{"id": "…"}`.
public struct SMSClient: Sendable {
    private let settings: SMSSettings
    private let http: HTTPClient

    /// Signs of one message: ten parts of 67 with Vietnamese accents.
    public static let textLimit = 670

    private struct Question: Encodable {
        var recipient: String
        var sender: String
        var text: String
        var reference: String
    }

    private struct Answer: Decodable {
        var id: String
    }

    /// A client over the house's own HTTP client.
    public init(_ settings: SMSSettings, http: HTTPClient) {
        self.settings = settings
        self.http = http
    }

    /// Sends one message and gives the gateway's number for it. `reference` is the same for a repeated attempt (it goes
    /// as `Idempotency-Key` as well), so that nobody gets it twice.
    ///
    /// Throws `.headerRefused` for an empty or too long text, `.peerRefused`, `.answerNotUnderstood`, and what
    /// `HTTPClient.send` throws.
    public func send(_ text: String, to phone: PhoneNumber, reference: String) async throws(OutboundError) -> String {
        guard (1...Self.textLimit).contains(text.utf16.count) else { throw .headerRefused("text") }
        let question = Question(
            recipient: phone.e164,
            sender: settings.senderName,
            text: text,
            reference: reference
        )
        var headers = [
            OutboundRequest.Header("Content-Type", "application/json"), .init("Accept", "application/json"),
            .init("Idempotency-Key", reference),
        ]
        if let token = settings.token { headers.append(.init("Authorization", "Bearer \(token)")) }
        // Four texts of known form always encode; the error would be ours.
        guard let body = try? JSONEncoder().encode(question) else { throw .headerRefused("text") }
        let request = OutboundRequest(
            .post,
            settings.url,
            headers: headers,
            body: Array(body),
            timeoutSeconds: settings.timeoutSeconds,
            answerLimitBytes: 65_536
        )
        let answer = try await http.send(request).accepted()
        // What the gateway says instead is not for our logs.
        guard let read = try? JSONDecoder().decode(Answer.self, from: Data(answer.body)) else {
            throw .answerNotUnderstood("sms")
        }
        return read.id
    }
}
