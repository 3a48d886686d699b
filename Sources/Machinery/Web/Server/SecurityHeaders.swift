// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird

/// The headers that protect every answer; a file's own stricter policy stays.
public struct SecurityHeaders: Sendable {
    private let policy: String
    private let isHTTPS: Bool

    /// - Parameters:
    ///   - publicURL: With https, browsers are told to keep to it for a year.
    ///   - formHosts: Origins of payment gateways and identity providers to which a form may lead,
    /// `https://pay.example`.
    ///     A host that is missing here breaks the redirect after a POST without a word.
    public init(publicURL: PublicURL, formHosts: [PublicURL]) {
        let forms = (["'self'"] + formHosts.map(\.description)).joined(separator: " ")
        policy =
            "default-src 'self'; img-src 'self' blob:; object-src 'self'; form-action \(forms); "
            + "frame-ancestors 'none'; base-uri 'none'"
        isHTTPS = publicURL.isHTTPS
    }

    func apply(to response: inout Response) {
        setIfAbsent(.contentSecurityPolicy, policy, in: &response)
        setIfAbsent(.xContentTypeOptions, "nosniff", in: &response)
        setIfAbsent(.referrerPolicy, "same-origin", in: &response)
        setIfAbsent(.crossOriginOpenerPolicy, "same-origin", in: &response)
        setIfAbsent(.crossOriginResourcePolicy, "same-origin", in: &response)
        setIfAbsent(.permissionsPolicy, "geolocation=(), microphone=(), payment=(), usb=()", in: &response)
        // What says nothing about caching is about a person.
        setIfAbsent(.cacheControl, "no-store", in: &response)
        if isHTTPS {
            setIfAbsent(.strictTransportSecurity, "max-age=31536000; includeSubDomains", in: &response)
        }
    }

    private func setIfAbsent(_ name: HTTPField.Name, _ value: String, in response: inout Response) {
        if response.headers[name] == nil { response.headers[name] = value }
    }
}
