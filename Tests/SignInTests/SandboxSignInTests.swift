// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import Identity
import Journal
import Kernel
import Organisation
import Outbound
import Storage
import TestSupport
import Testing

@testable import SignIn

/// The running sandbox: its address and the secret of our client there.
private enum RunningSandbox {
    static let address = ProcessInfo.processInfo.environment["MOTCUA_TEST_SANDBOX"]
    static let secret = ProcessInfo.processInfo.environment["MOTCUA_TEST_SANDBOX_SECRET"] ?? ""
}

/// Against the sandbox over real HTTP, at its best and at its worst; one after the other, since faults are switches.
@Suite(
    .serialized,
    .enabled(if: RunningSandbox.address != nil, "no sandbox: set MOTCUA_TEST_SANDBOX and MOTCUA_TEST_SANDBOX_SECRET")
)
struct SandboxSignInTests {
    private let http = HTTPClient(HTTPSettings(threads: 2), clock: .system)
    private let base = RunningSandbox.address ?? ""

    private func withService(_ body: (SignInService) async throws -> Void) async throws {
        try await withStore(.sqlite, migrations: SignInFixture.migrations) { store in
            let log = TransparencyLog(random: .system)
            let http = http
            let service = SignInService(
                store: store,
                log: log,
                organisation: OrganisationService(store: store, log: log, clock: .system, random: .system),
                provider: OpenIDProvider(
                    issuer: base + "/dinh-danh",
                    clientID: "motcua",
                    authentication: .secretPost(RunningSandbox.secret),
                    redirectURI: "http://127.0.0.1/dang-nhap/tra-ve"
                ),
                call: { request throws(OutboundError) in try await http.send(request) },
                hasher: PasswordHasher(random: .system, cost: SignInFixture.cheap),
                officers: SignInFixture.officers,
                clock: .system,
                random: .system
            )
            try await body(service)
        }
    }

    private func post(_ path: String, _ fields: [(String, String)]) async throws -> OutboundAnswer {
        let headers = [OutboundRequest.Header("Content-Type", "application/x-www-form-urlencoded")]
        return try await http.send(
            OutboundRequest(.post, base + path, headers: headers, body: Array(FormText.encode(fields).utf8))
        )
    }

    private func fault(_ name: String, on: Bool) async throws {
        _ = try await post("/dieu-khien", [("fault", name), ("on", on ? "true" : "false")])
    }

    /// A person who chooses the first sample citizen at the sandbox's page.
    private func signIn(_ service: SignInService, level: Int = 2) async throws -> FinishedSignIn {
        let begun = try await service.begin(returnTo: "/nop/abc")
        let asked = URLComponents(string: begun.location)?.queryItems ?? []
        let fields =
            asked.map { ($0.name, $0.value ?? "") } + [("citizen", "cd-089185000101"), ("level", String(level))]
        let answer = try await post("/dinh-danh/oauth2/authorize", fields)
        let back = URLComponents(string: answer.header("location") ?? "")?.queryItems ?? []
        let query = Dictionary(back.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { $1 })
        return try await service.finish(
            state: query["state"] ?? "",
            code: query["code"],
            error: query["error"],
            browserSecret: begun.browserSecret
        )
    }

    @Test func `a citizen of the sandbox signs in`() async throws {
        try await withService { service in
            let finished = try await signIn(service)
            #expect(finished.returnTo == "/nop/abc")
            #expect(finished.identity.fullName == "Nguyễn Thị Hồng Đào")
            #expect(finished.identity.nationalID.digits == "089185000101")
            #expect(finished.identity.birthDate?.description == "1985-03-08")
            #expect(finished.identity.phone != nil && finished.identity.address != nil)
            #expect(try await signIn(service, level: 1).identity.assurance == .one)
        }
    }

    @Test(arguments: [
        ("identity-wrong-audience", SignInError.tokenInvalid(.audience)),
        ("identity-wrong-issuer", .tokenInvalid(.issuer)),
        ("identity-expired", .tokenInvalid(.expired)),
        ("identity-algorithm-none", .tokenInvalid(.algorithm)),
        ("identity-wrong-signature", .tokenInvalid(.signature)),
        ("identity-wrong-nonce", .tokenInvalid(.nonce)),
        ("identity-missing-nonce", .tokenInvalid(.nonce)),
        ("identity-wrong-state", .stateUnknown),
        ("identity-cancelled", .cancelled),
        ("identity-down", .providerUnavailable(reason: "answer 503")),
    ])
    func `each fault of the service is refused with its reason`(_ name: String, _ expected: SignInError) async throws {
        try await withService { service in
            try await fault(name, on: true)
            await #expect(throws: expected) { try await signIn(service) }
            try await fault(name, on: false)
            _ = try await signIn(service)
        }
    }
}
