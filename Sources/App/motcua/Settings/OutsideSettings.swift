// SPDX-License-Identifier: Apache-2.0

import Foundation
import Outbound
import Payments
import Trust

/// The identity service of the authority's own staff.
struct StaffSettings: Sendable {
    var issuer: String
    var client: String
    var secret: String
    var name: String
    var classes: [String]

    /// Nil unless an address is given; then the rest is compulsory.
    init?(_ reader: SettingsReader) throws {
        guard try reader.value(.staffIssuer) != nil else { return nil }
        issuer = try OutsideSettings.address(reader, .staffIssuer)
        client = try reader.required(.staffClient)
        secret = try reader.required(.staffSecret)
        name = try reader.required(.staffName)
        classes = (try reader.value(.staffClasses) ?? "").split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
    }
}

/// Where the outside systems are.
struct OutsideSettings: Sendable {
    var oidcIssuer: String
    var oidcClient: String
    var oidcSecret: String
    /// The identity service of officers; nil where there is none.
    var staff: StaffSettings?
    var payment: NationalGatewayV3.Settings
    var tsaURL: String
    /// PEM file of the authorities that are trusted for signatures.
    var trustRoots: String
    /// Folder with `<login>.key.pem` and `<login>.chain.pem` of each signer.
    var signers: String
    var mail: MailSettings
    var smsURL: String
    var caFile: String?

    init(_ reader: SettingsReader, data: String) throws {
        oidcIssuer = try Self.address(reader, .oidcIssuer)
        oidcClient = try reader.required(.oidcClient)
        oidcSecret = try reader.required(.oidcSecret)
        staff = try StaffSettings(reader)
        let paymentURL = try Self.address(reader, .paymentURL)
        payment = NationalGatewayV3.Settings(
            clientID: try reader.required(.paymentClient),
            createURL: paymentURL + "/api/create",
            queryURL: paymentURL + "/api/query",
            hashKey1: try reader.required(.paymentKey1),
            hashKey2: try reader.required(.paymentKey2),
            account: try reader.required(.paymentAccount),
            bank: try reader.required(.paymentBank),
            holder: try reader.required(.paymentHolder)
        )
        tsaURL = try Self.address(reader, .tsaURL)
        trustRoots = try reader.required(.trustRoots)
        signers = try reader.value(.signers) ?? "\(data)/signers"
        caFile = try reader.value(.caFile)
        mail = try Self.mail(reader, caFile: caFile)
        smsURL = try Self.address(reader, .smsURL)
    }

    /// An address to which we speak HTTP.
    static func address(_ reader: SettingsReader, _ setting: Setting) throws -> String {
        let text = try reader.required(setting)
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host()?.isEmpty == false else {
            throw SettingsError(
                setting,
                description: "\(setting.variable) phải là địa chỉ https://máy/…, hiện là “\(text)”."
            )
        }
        return text
    }

    /// The authorities that are trusted for signatures.
    func roots() throws -> TrustRoots {
        // Which file it is helps; what the library says of its bytes does not.
        guard let pem = try? String(contentsOfFile: trustRoots, encoding: .utf8) else {
            throw SettingsError(
                .trustRoots,
                description: "\(Setting.trustRoots.variable): không đọc được tệp \(trustRoots). "
                    + "Kiểm tra đường dẫn và quyền đọc."
            )
        }
        guard let roots = try? TrustRoots(pem: pem) else {  // as above
            throw SettingsError(
                .trustRoots,
                description: "\(Setting.trustRoots.variable): \(trustRoots) không phải tệp chứng thư PEM."
            )
        }
        return roots
    }

    private static func mail(_ reader: SettingsReader, caFile: String?) throws -> MailSettings {
        let text = try reader.required(.mailURL)
        let protections: [String: (MailSettings.Protection, Int)] = [
            "smtp": (.none, 25), "smtp+starttls": (.startTLS, 587), "smtps": (.tls, 465),
        ]
        guard let url = URL(string: text), let scheme = url.scheme, let (protection, port) = protections[scheme],
            let host = url.host()
        else {
            throw SettingsError(
                .mailURL,
                description: "MOTCUA_MAIL_URL phải có dạng smtp://máy:25, smtp+starttls://… hoặc smtps://…"
            )
        }
        guard let sender = MailAddress(try reader.required(.mailFrom), name: "Cổng dịch vụ công") else {
            throw SettingsError(.mailFrom, description: "MOTCUA_MAIL_FROM phải là một địa chỉ thư điện tử.")
        }
        return MailSettings(
            host: host,
            port: url.port ?? port,
            protection: protection,
            sender: sender,
            user: url.user(),
            password: url.password(),
            authoritiesFile: caFile
        )
    }
}
