// SPDX-License-Identifier: Apache-2.0

/// What this service asks of a payment gateway; one adapter for each protocol.
public protocol PaymentGateway: Sendable {
    /// The adapter's name in the journal: `dvcqg-v3`.
    var name: String { get }

    /// Asks the gateway to take a payment.
    ///
    /// - Returns: the address to which the payer is sent.
    /// - Throws: `PaymentError.gatewayUnavailable`.
    func create(_ payment: Payment, for obligation: Obligation, returnURL: String) async throws -> String

    /// Asks what became of a payment.
    ///
    /// - Throws: `PaymentError.gatewayUnavailable`.
    func query(_ payment: Payment) async throws -> GatewayVerdict

    /// The id of the payment that a message of the gateway speaks of, before anything in it is believed.
    ///
    /// - Throws: `PaymentError.malformedCallback`.
    func paymentID(in callback: [UInt8]) throws -> PaymentID

    /// What the message says, once its signature was verified with our stored amount. A signature need not cover
    /// all of it: what counts is the answer to `query`.
    ///
    /// - Throws: `PaymentError.signatureWrong`, `PaymentError.malformedCallback`.
    func verdict(in callback: [UInt8], for payment: Payment) throws -> GatewayVerdict

    /// The answer to a message: accepted or not, in the gateway's own form.
    func reply(isAccepted: Bool) -> [UInt8]
}

/// Sends JSON by POST and gives the answer's body back; built by the composition root.
public typealias PaymentTransport = @Sendable (_ url: String, _ json: [UInt8]) async throws -> [UInt8]
