// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Journal
import Kernel
import Logging
import Markup
import NIOCore
import Organisation
@testable import SignIn
import Storage
import TestSupport
import Testing
import Web

@testable import Site

/// A site over a store with the sample province, with a few routes of each audience.
struct SiteFixture: Sendable {
    static let origin = "https://dichvucong.example.vn"

    let settings: SiteSettings
    let clock = TestClock()
    let identity: IdentityService
    let organisation: OrganisationService
    let application: Application<EdgeResponder<PlainContext>>
    let entries: [SiteRoutes.Entry]
    let table: String

    init(_ store: any Store, part: SitePart = .whole) async throws {
        let log = TransparencyLog(random: .seeded(1))
        organisation = OrganisationService(
            store: store,
            log: log,
            clock: clock.clock,
            random: .seeded(2),
            projectors: [IdentityService.projector]
        )
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        try await organisation.load(SampleProvince(folder: "/\(root)/resources/sample"), by: .system("test"))
        identity = IdentityService(
            store: store,
            log: log,
            organisation: organisation,
            clock: clock.clock,
            random: .seeded(3)
        )
        settings = SiteSettings(
            publicURL: try #require(PublicURL(Self.origin)),
            authorityName: { "Tỉnh An Giang" },
            part: part,
            files: try StaticFiles(["styles/motcua.css": Array("a{}".utf8)]),
            clock: clock.clock,
            random: .seeded(4)
        )
        let routes = SiteRoutes(settings: settings, identity: identity)
        Self.addRoutes(to: routes)
        SignInHandlers(settings: settings, identity: identity, doors: Self.doors, screens: Self.screens)
            .register(on: routes)
        OfficerSignInHandlers(
            settings: settings,
            identity: identity,
            doors: Self.officerDoors(organisation),
            screens: Self.officerScreens
        )
        .register(on: routes)
        (entries, table) = (routes.entries, routes.table())
        application = try buildApplication(
            router: routes.build(),
            settings: ServerSettings(
                port: 0,
                publicURL: settings.publicURL,
                errorPage: settings.errorPage,
                clock: clock.clock,
                random: .seeded(5)
            ),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private static func addRoutes(to routes: SiteRoutes) {
        routes.get(.home, for: .anyone, rule: "-") { _, context in
            .page(context.readingFrame(pageCode: "C-01").page(PageShape(title: "Trang chủ"), "<h1>Trang chủ</h1>"))
        }
        routes.get(.lookup, for: .anyone, rule: "-") { _, context in
            let frame = context.frame(pageCode: "C-12")
            let form = frame.form(FormShape(action: SiteURL.lookup.path), "<h1>Tra cứu</h1>")
            return .page(frame.page(PageShape(title: "Tra cứu"), form))
        }
        routes.post(.lookup, for: .anyone, rule: "-") { form, _, _ in .text("found \(form["ma"] ?? "")") }
        routes.get(.account, for: .citizen, rule: "own account") { _, context in
            .page(context.frame(pageCode: "C-13").page(PageShape(title: "Tài khoản"), "<h1>Của tôi</h1>"))
        }
        routes.post(.draftCheck(PathSlot.draft), for: .citizen(atLeast: .two), rule: "own draft") { _, _, context in
            .text("\(try context.pathText(PathSlot.draft)) \(context.account.identity.fullName)")
        }
        routes.get(.draftFormPage(PathSlot.draft, page: PathSlot.page), for: .citizen, rule: "own draft") {
            _,
            context in
            .text(context.takePendingForm()?.pairs.map { "\($0.name)=\($0.value)" }.joined(separator: " ") ?? "nothing")
        }
        routes.post(.draftFormPage(PathSlot.draft, page: PathSlot.page), for: .citizen, rule: "own draft") { _, _, _ in
            .text("saved")
        }
        routes.upload(.draftFiles(PathSlot.draft), for: .citizen, rule: "own draft") { form, _, _ in
            var count = 0
            let fields = try await form.read { event, _ in
                if case .bytes(let bytes) = event { count += bytes.count }
            }
            return .text("\(count) \(fields["ghi-chu"] ?? "")")
        }
        for method in [HTTPRequest.Method.patch, .head] {
            let headers: HTTPFields = [.eTag: "x"]
            routes.exchange(method, .upload(PathSlot.upload), for: .citizen, rule: "own", headers: headers) { _, _ in
                Response(status: .noContent)
            }
        }
        routes.get(.workList, for: .officer(.deskOfficer, .specialist), rule: "unit") { _, context in
            .text(context.officer.fullName)
        }
        routes.get(.administration, for: .officer(.administrator), rule: "-") { _, context in
            .page(context.frame(pageCode: "A-25").page(PageShape(title: "Quản trị"), "<h1>Quản trị</h1>"))
        }
        routes.get(.signing, for: .officer(.leader), rule: "agency") { _, context in .text(context.officer.fullName) }
        routes.machinePost(.paymentNotice, rule: "signature of the gateway") { request, _ in
            .text("\(try await request.bytes(limitBytes: 100).count)")
        }
    }

    /// Doors that let in "buoi".
    private static var doors: SignInDoors {
        SignInDoors(
            begin: { returnTo in
                if returnTo == "/tra-cuu" { throw SignInError.providerUnavailable(reason: "test") }
                return BegunSignIn(location: "https://id.example.vn/auth?state=s1", browserSecret: "browser-secret")
            },
            finish: { answer in
                guard answer.state == "s1", answer.browserSecret == "browser-secret" else {
                    throw SignInError.stateUnknown
                }
                guard answer.error == nil else { throw SignInError.cancelled }
                guard answer.code == "c1" else { throw SignInError.providerRefused(error: "no-code") }
                return FinishedSignIn(identity: try buoi(), returnTo: "/nop/abc?trang=2")
            },
            task: { $0.browserSecret == "browser-secret" ? "/nop/abc?trang=2" : nil }
        )
    }

    private static let screens = SignInScreens(
        citizen: { facts, frame in
            frame.page(
                PageShape(title: "Đăng nhập"),
                "<h1>Đăng nhập</h1><p>\(String(describing: facts.failure)) \(facts.returnTo)</p>"
            )
        }
    )

    /// The secret of every begun sign-in of an officer.
    private static let begun = SecretToken(.bits256, from: .seeded(9))

    /// Doors that let in every officer whose password is "dung", and with "hai buoc" after the code 123456 or the
    /// set-up with 654321, which asks for a new password.
    private static func officerDoors(_ organisation: OrganisationService) -> OfficerDoors {
        OfficerDoors(
            begin: { name, password, _ in
                guard let officer = try await organisation.officer(loginName: name) else {
                    throw SignInError.wrongPassword
                }
                switch password {
                case "dung": return .proved(officer, .password)
                case "hai buoc": return .asked(.code, secret: begun)
                case "lan dau": return .asked(.enrolment, secret: begun)
                default: throw SignInError.wrongPassword
                }
            },
            reset: { name, code, _ in
                guard name == "anphu.motcua", code == "ma-dat-lai" else { throw ResetError.wrongCode }
                return .asked(.enrolment, secret: begun)
            },
            step: { $0.text == begun.text ? .code : nil },
            code: { code, secret in
                guard secret.text == begun.text else { throw SecondStepError.gone }
                guard code == "123456", let officer = try await organisation.officer(loginName: "anphu.motcua") else {
                    throw SecondStepError.wrongCode
                }
                return .proved(officer, .passwordAndTOTP)
            },
            enrolment: { _ in EnrolmentOffer(secretText: "ABCD EFGH", address: "otpauth://totp/x?secret=ABCDEFGH") },
            enrol: { code, _ in
                guard code == "654321" else { throw SecondStepError.wrongCode }
                return (.asked(.newPassword, secret: begun), ["ma-khoi-phuc-1"])
            },
            newPassword: { _, _ in throw SignInError.passwordRefused(.tooCommon) },
            passkeyChallenge: { PasskeyQuestion(challenge: "for \($0)", site: "localhost") },
            passkey: { answer, binding in
                guard let officer = try await organisation.officer(loginName: "anphu.motcua"),
                    String(decoding: answer.clientData, as: UTF8.self) == "for \(binding)"
                else { throw PasskeyError.refused(.challenge) }
                return .proved(officer, .passkey)
            }
        )
    }

    private static let officerScreens = OfficerScreens(
        door: { facts, frame in
            frame.page(
                PageShape(title: "Cán bộ"),
                frame.form(
                    FormShape(action: facts.action),
                    "<h1>Cán bộ</h1><p>\(String(describing: facts.failure)) \(facts.name) \(facts.returnTo)</p>"
                )
            )
        },
        reset: { facts, frame in
            let words = "\(facts.error ?? "-") \(facts.name)"
            let form = frame.form(FormShape(action: facts.action), "<h1>Đặt lại</h1><p>\(words)</p>")
            return frame.page(PageShape(title: "Đặt lại"), form)
        },
        code: { page("Nhập mã", $0, $1) },
        enrolment: { facts, offer, frame in page("Thiết lập \(offer.secretText)", facts, frame) },
        newPassword: { page("Mật khẩu mới", $0, $1) },
        recoveryCodes: { codes, goOn, frame in
            let words = "\(codes.joined()) \(goOn)"
            return frame.page(PageShape(title: "Mã khôi phục"), "<h1>Mã khôi phục</h1><p>\(words)</p>")
        }
    )

    private static func page(_ title: String, _ facts: OfficerScreens.StepFacts, _ frame: PageFrame) -> HTML {
        let words = "\(facts.error ?? "-") \(facts.returnTo)"
        let form = frame.form(FormShape(action: facts.action), "<h1>\(title)</h1><p>\(words)</p>")
        return frame.page(PageShape(title: title), form)
    }

    static func buoi(level: AssuranceLevel = .two) throws -> VerifiedIdentity {
        VerifiedIdentity(
            subject: "vneid-1",
            fullName: "Nguyễn Thị Bưởi",
            nationalID: try #require(NationalID("089190001234")),
            birthDate: nil,
            sex: nil,
            address: nil,
            phone: nil,
            email: nil,
            assurance: level
        )
    }

    func officer(_ login: String) async throws -> Officer {
        try #require(try await organisation.officer(loginName: login))
    }
}

/// A browser of the tests: keeps cookies, sends what browsers send.
final class TestBrowser {
    private let client: any TestClientProtocol
    private(set) var cookies: [String: String] = [:]

    init(_ client: any TestClientProtocol) { self.client = client }

    func hold(_ name: String, _ value: String?) { cookies[name] = value }

    func get(_ uri: String, accept: String = "text/html") async throws -> TestResponse {
        try await send(uri, .get, headers: [.accept: accept], body: nil)
    }

    func post(
        _ uri: String,
        _ fields: [(String, String)],
        origin: String? = SiteFixture.origin,
        headers more: HTTPFields = [:],
        accept: String = "text/html"
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.accept: accept, .contentType: "application/x-www-form-urlencoded"]
        if let origin { headers[.origin] = origin }
        headers.append(contentsOf: more)
        let text = fields.map { "\(PercentEncoding.queryValue($0.0))=\(PercentEncoding.queryValue($0.1))" }
            .joined(separator: "&")
        return try await send(uri, .post, headers: headers, body: ByteBuffer(string: text))
    }

    func send(
        _ uri: String,
        _ method: HTTPRequest.Method,
        headers: HTTPFields,
        body: ByteBuffer?
    ) async throws -> TestResponse {
        var headers = headers
        if !cookies.isEmpty {
            headers[.cookie] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
                separator: "; "
            )
        }
        let response = try await client.execute(uri: uri, method: method, headers: headers, body: body)
        for line in response.headers[values: .setCookie] {
            guard let pair = line.split(separator: ";").first, let equals = pair.firstIndex(of: "=") else { continue }
            let value = String(pair[pair.index(after: equals)...])
            cookies[String(pair[..<equals])] = line.contains("Max-Age=0") ? nil : value
        }
        return response
    }

    /// The token of the first form on a page.
    func token(on uri: String) async throws -> String {
        let text = try await get(uri).text
        let start = try #require(text.range(of: "name=\"_csrf\" value=\""))
        return String(text[start.upperBound...].prefix { $0 != "\"" })
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
    var location: String? { headers[.location] }
}

/// Lends a site over SQLite and a browser.
func withSite(
    part: SitePart = .whole,
    _ body: @Sendable (SiteFixture, TestBrowser) async throws -> Void
) async throws {
    let migrations = JournalSchema.migrations + OrganisationMigrations.all + IdentityMigrations.all
    try await withStore(.sqlite, migrations: migrations) { store in
        let fixture = try await SiteFixture(store, part: part)
        try await fixture.application.test(.router) { client in
            try await body(fixture, TestBrowser(client))
        }
    }
}
