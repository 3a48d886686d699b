// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird

/// The headers that protect every answer; a file's own stricter policy stays.
public struct SecurityHeaders: Sendable {
    private let fields: [HTTPField]

    /// - Parameters:
    ///   - publicURL: With https, browsers are told to keep to it for a year.
    ///   - formHosts: Origins of payment gateways and identity providers to which a form may lead,
    /// `https://pay.example`.
    ///     A host that is missing here breaks the redirect after a POST without a word.
    public init(publicURL: PublicURL, formHosts: [PublicURL]) {
        let forms = (["'self'"] + formHosts.map(\.description)).joined(separator: " ")
        let policy =
            "default-src 'self'; img-src 'self' blob:; object-src 'self'; form-action \(forms); "
            + "frame-ancestors 'none'; base-uri 'none'"
        let transport = publicURL.isHTTPS ? "max-age=31536000; includeSubDomains" : nil
        let pairs: [(HTTPField.Name, String?)] = [
            (.contentSecurityPolicy, policy),
            (.xContentTypeOptions, "nosniff"),
            (.referrerPolicy, "same-origin"),
            (.crossOriginOpenerPolicy, "same-origin"),
            (.crossOriginResourcePolicy, "same-origin"),
            (.permissionsPolicy, "geolocation=(), microphone=(), payment=(), usb=()"),
            // What says nothing about caching is about a person.
            (.cacheControl, "no-store"),
            (.strictTransportSecurity, transport),
        ]
        fields = pairs.compactMap { name, value in value.map { HTTPField(name: name, value: $0) } }
    }

    func apply(to response: inout Response) {
        for field in fields where !response.headers.contains(field.name) { response.headers.append(field) }
    }
}
