// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Kernel
import Synchronization
import Trust

/// The addresses of the certification and timestamp services.
struct AuthorityRoutes: Sendable {
    let authority: CertificateAuthority
    let faults: FaultBoard
    let clock: Clock
    let random: RandomSource

    func add(to router: Router<BasicRequestContext>) {
        router.get("ca/root.pem") { _, _ in
            Exchange.answer(Array(authority.rootPEM.utf8), type: "application/x-pem-file")
        }
        router.post("ca/issue") { request, _ in
            let order = try Exchange.decode(CertificateAuthority.Order.self, try await Exchange.bytes(request))
            return try Exchange.json(try authority.issue(order), status: .created)
        }
        router.post("tsa") { request, _ in try await stamp(request) }
    }

    private func stamp(_ request: Request) async throws -> Response {
        guard !faults.injects(.timestampDown) else { return Exchange.text("", status: .serviceUnavailable) }
        guard request.headers[.contentType] == "application/timestamp-query" else {
            throw SandboxRefusal(status: .unsupportedMediaType, text: "application/timestamp-query")
        }
        let body = try await Exchange.bytes(request)
        let type = "application/timestamp-reply"
        let question = try? TimestampRequest(der: body)  // nil: what cannot be read is refused
        guard let question, !faults.injects(.timestampRefused) else {
            return Exchange.answer(try TimestampAuthority.refusal(), type: type)
        }
        let now = clock.now()
        // 63 random bits: unique for as long as the simulation lives.
        let serial = random.bytes(8).reduce(Int64(0)) { ($0 << 8 | Int64($1)) & Int64.max }
        let answer = try await authority.timestamps.answer(
            imprint: question.imprint,
            nonce: faults.injects(.timestampWrongNonce) ? [0x2A] : question.nonce,
            at: faults.injects(.timestampWrongClock) ? now.adding(hours: -1) : now,
            serialNumber: max(1, serial)
        )
        return Exchange.answer(answer, type: type)
    }
}
