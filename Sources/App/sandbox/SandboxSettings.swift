// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import Kernel

/// What the simulated world is told from outside; every value has a default, secrets are random when not given.
struct SandboxSettings: Sendable {
    /// Port on 127.0.0.1; 0 is any free one.
    var port = 8081
    /// Seed of everything random in the faults.
    var seed: UInt64 = 1
    /// Address under which browsers and the portal reach the sandbox; nil is `http://127.0.0.1:PORT`.
    var publicURL: String?
    /// Folder of the certificate authority; made when missing.
    var folder: String

    /// Client of the identity provider: id, secret, allowed redirect addresses (empty: any on loopback).
    var oidcClient: String
    var oidcSecret: String
    var oidcRedirects: [String] = []
    /// Client of the officers' identity provider.
    var staffClient: String
    var staffSecret: String

    /// Contract of the payment gateway.
    var paymentClient: String
    var paymentKey1: String
    var paymentKey2: String
    /// Where results are sent; empty sends none.
    var paymentNotifyURL = ""
    /// Milliseconds after which an unpaid transaction expires.
    var paymentExpiryMilliseconds: Int64 = 15 * 60 * 1_000
    /// First pause before a result is sent again; doubled each time, eight attempts.
    var retryMilliseconds: Int64 = 1_000

    /// Port of the SMTP listener on 127.0.0.1; nil opens none, 0 is any free one.
    var smtpPort: Int?

    /// Reads the environment variables named in `--help`.
    init(environment: [String: String], random: RandomSource = .system) {
        func text(_ name: String) -> String? { environment["MOTCUA_SANDBOX_\(name)"].flatMap { $0.isEmpty ? nil : $0 } }
        func secret() -> String { random.bytes(24).hex }
        port = text("PORT").flatMap(Int.init) ?? 8081
        seed = text("SEED").flatMap(UInt64.init) ?? 1
        publicURL = text("URL")
        folder = text("FOLDER") ?? FileManager.default.temporaryDirectory.appendingPathComponent("motcua-sandbox").path
        oidcClient = text("OIDC_CLIENT") ?? "motcua"
        oidcSecret = text("OIDC_SECRET") ?? secret()
        staffClient = text("STAFF_CLIENT") ?? "motcua-can-bo"
        staffSecret = text("STAFF_SECRET") ?? secret()
        oidcRedirects = (text("OIDC_REDIRECTS") ?? "").split(separator: ",").map { String($0) }
        paymentClient = text("PAYMENT_CLIENT") ?? "MOTCUA"
        paymentKey1 = text("PAYMENT_KEY1") ?? secret()
        paymentKey2 = text("PAYMENT_KEY2") ?? secret()
        paymentNotifyURL = text("PAYMENT_NOTIFY_URL") ?? ""
        paymentExpiryMilliseconds = text("PAYMENT_EXPIRY_MS").flatMap(Int64.init) ?? paymentExpiryMilliseconds
        retryMilliseconds = text("RETRY_MS").flatMap(Int64.init) ?? retryMilliseconds
        smtpPort = text("SMTP_PORT").flatMap(Int.init)
    }

    /// The variables, for `--help`.
    static let help = """
        Configuration by environment variables (flags win over them):

          MOTCUA_SANDBOX_PORT                port on 127.0.0.1, 0 = any free one (8081)
          MOTCUA_SANDBOX_SEED                seed of delays and shares (1)
          MOTCUA_SANDBOX_URL                 address under which others reach it (http://127.0.0.1:PORT)
          MOTCUA_SANDBOX_FOLDER              keys and certificates of the simulated authority (a temporary folder)
          MOTCUA_SANDBOX_OIDC_CLIENT         client id at the identity provider (motcua)
          MOTCUA_SANDBOX_OIDC_SECRET         its secret (random)
          MOTCUA_SANDBOX_STAFF_CLIENT        client id at the officers' identity provider (motcua-can-bo)
          MOTCUA_SANDBOX_STAFF_SECRET        its secret (random)
          MOTCUA_SANDBOX_OIDC_REDIRECTS      allowed redirect addresses, by commas (any on loopback)
          MOTCUA_SANDBOX_PAYMENT_CLIENT      client_id at the payment gateway (MOTCUA)
          MOTCUA_SANDBOX_PAYMENT_KEY1        hash_key_1, signs what the gateway is sent (random)
          MOTCUA_SANDBOX_PAYMENT_KEY2        hash_key_2, signs what the gateway sends (random)
          MOTCUA_SANDBOX_PAYMENT_NOTIFY_URL  where results are sent (none)
          MOTCUA_SANDBOX_PAYMENT_EXPIRY_MS   an unpaid transaction expires after (900000)
          MOTCUA_SANDBOX_RETRY_MS            first pause before a result is sent again (1000)
          MOTCUA_SANDBOX_SMTP_PORT           SMTP listener on 127.0.0.1, 0 = any free one (none)

        It prints one line of JSON on standard output, {"listening":PORT} (with "smtp":PORT when mail is taken by SMTP),
        and ends when standard input closes or on SIGTERM. Pages: / · /dieu-khien (faults) · /hop-thu (messages).
        """
}
