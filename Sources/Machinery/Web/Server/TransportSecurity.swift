// SPDX-License-Identifier: Apache-2.0

import HummingbirdTLS
import NIOSSL

/// The certificate with which the server itself speaks TLS. Without one it speaks plain HTTP behind a proxy that does.
///
/// TLS 1.2 and 1.3 alone; under 1.2 only suites with forward secrecy and authenticated encryption (RFC 9325 §4.2).
public struct TransportSecurity: Sendable {
    let configuration: TLSConfiguration

    /// Reads the files once; a renewed certificate counts after the next start.
    ///
    /// - Parameters:
    ///   - chainFile: PEM: the server's certificate first, then those between it and the root.
    ///   - keyFile: PEM: the private key, without a password.
    /// - Throws: `TransportSecurityError` naming the file that is at fault.
    public init(chainFile: String, keyFile: String) throws(TransportSecurityError) {
        // What the library says of a broken file helps nobody; which file it is does: the errors may be lost.
        guard let chain = try? NIOSSLCertificate.fromPEMFile(chainFile), !chain.isEmpty else {
            throw .unreadableChain(chainFile)
        }
        // As above.
        guard let key = try? NIOSSLPrivateKey(file: keyFile, format: .pem) else { throw .unreadableKey(keyFile) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
        configuration.applicationProtocols = ["http/1.1"]
        // As above: both files can be read, so they do not fit.
        guard (try? NIOSSLContext(configuration: configuration)) != nil else { throw .keyOfAnother(keyFile) }
        self.configuration = configuration
    }
}

/// Why the server cannot speak TLS.
public enum TransportSecurityError: Error, Equatable {
    /// The chain is absent, or holds no certificate.
    case unreadableChain(String)
    /// The key is absent, protected by a password, or none.
    case unreadableKey(String)
    /// The key does not belong to the first certificate.
    case keyOfAnother(String)
}
