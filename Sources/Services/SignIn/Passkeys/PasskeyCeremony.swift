// SPDX-License-Identifier: Apache-2.0

import Digests
import FoundationEssentials
import Kernel

/// For whom passkeys are made: this site and no other.
public struct RelyingParty: Sendable, Hashable {
    /// The host name, to which keys are bound.
    public var id: String
    /// The origins from which answers may come: `https://dichvucong.example.vn`.
    public var origins: Set<String>

    /// A site.
    public init(id: String, origins: Set<String>) { (self.id, self.origins) = (id, origins) }
}

/// What a browser answers to a registration or a sign-in, as the form brought it.
public struct PasskeyAnswer: Sendable, Equatable {
    /// The id of the credential.
    public var credential: [UInt8]
    /// `clientDataJSON`.
    public var clientData: [UInt8]
    /// `attestationObject` of a registration, `authenticatorData` of a sign-in.
    public var authenticator: [UInt8]
    /// Empty for a registration.
    public var signature: [UInt8]
    /// Whose the credential is, as the device remembers it; empty where it does not say.
    public var userHandle: [UInt8]

    /// An answer of these parts.
    public init(
        credential: [UInt8],
        clientData: [UInt8],
        authenticator: [UInt8],
        signature: [UInt8] = [],
        userHandle: [UInt8] = []
    ) {
        (self.credential, self.clientData, self.authenticator) = (credential, clientData, authenticator)
        (self.signature, self.userHandle) = (signature, userHandle)
    }

    /// Reads the fields in base 64 for URLs; nil when one of them is none or too long.
    public init?(credential: String, clientData: String, authenticator: String, signature: String, userHandle: String) {
        func bytes(_ text: String, _ limit: Int) -> [UInt8]? {
            guard text.utf8.count <= limit * 4 / 3 + 4 else { return nil }
            return [UInt8](base64URL: text)
        }
        guard let credential = bytes(credential, AuthenticatorData.credentialLimitBytes),
            let clientData = bytes(clientData, ClientData.limitBytes),
            let authenticator = bytes(authenticator, AuthenticatorData.limitBytes),
            let signature = bytes(signature, 1_024), let userHandle = bytes(userHandle, 64)
        else { return nil }
        self.init(
            credential: credential,
            clientData: clientData,
            authenticator: authenticator,
            signature: signature,
            userHandle: userHandle
        )
    }
}

/// Which check an answer did not pass; for the log and tests, never for the page.
public enum PasskeyFault: String, Error, Sendable {
    case clientData, type, challenge, origin, crossOrigin, authenticatorData, relyingParty, notPresent, notVerified
    case attestation, credential, userHandle, signature, counter
}

/// What the browser says of the page that asked.
struct ClientData: Sendable, Decodable {
    static let limitBytes = 4_096

    var type: String
    var challenge: String
    var origin: String
    var crossOrigin: Bool?
    var topOrigin: String?

    init(_ bytes: [UInt8]) throws(PasskeyFault) {
        guard bytes.count <= Self.limitBytes else { throw .clientData }
        do { self = try JSONDecoder().decode(ClientData.self, from: Data(bytes)) } catch { throw .clientData }
    }
}

/// The checks of WebAuthn level 3, §7.1 and §7.2, in their order; pure.
enum PasskeyCeremony {
    /// Checks a registration.
    ///
    /// - Parameters:
    ///   - answer: what the browser sent.
    ///   - challenge: the one that was asked.
    ///   - site: who asked.
    /// - Returns: the new credential and its counter.
    /// - Throws: which check it did not pass.
    static func registered(_ answer: PasskeyAnswer, challenge: String, site: RelyingParty) throws(PasskeyFault)
        -> (AuthenticatorData.Credential, signCount: UInt32)
    {
        _ = try checked(answer, type: "webauthn.create", challenge: challenge, site: site)
        let object: CBOR
        do { object = try CBORReader.value(of: answer.authenticator) } catch { throw .attestation }
        // We ask for no attestation: nothing else may come.
        guard object[.text("fmt")] == .text("none"), object[.text("attStmt")] == .map([]),
            let bytes = object[.text("authData")]?.byteString
        else { throw .attestation }
        let data = try checked(bytes, site: site)
        guard let credential = data.credential, credential.id == answer.credential else { throw .credential }
        return (credential, data.signCount)
    }

    /// Checks a sign-in.
    ///
    /// - Parameters:
    ///   - answer: what the browser sent.
    ///   - challenge: the one that was asked.
    ///   - site: who asked.
    ///   - key: the stored key of the credential.
    ///   - stored: its counter.
    /// - Returns: the new counter.
    /// - Throws: which check it did not pass.
    static func asserted(
        _ answer: PasskeyAnswer,
        challenge: String,
        site: RelyingParty,
        key: PasskeyKey,
        stored: UInt32
    ) throws(PasskeyFault) -> UInt32 {
        _ = try checked(answer, type: "webauthn.get", challenge: challenge, site: site)
        let data = try checked(answer.authenticator, site: site)
        guard data.credential == nil else { throw .authenticatorData }
        let message = answer.authenticator + Digest(of: answer.clientData).bytes
        guard key.verifies(answer.signature, over: message) else { throw .signature }
        // A counter that does not grow is a copy of the key; keys that are meant to be copied always say zero.
        guard data.signCount > stored || (data.signCount == 0 && stored == 0) else { throw .counter }
        return data.signCount
    }

    private static func checked(
        _ answer: PasskeyAnswer,
        type: String,
        challenge: String,
        site: RelyingParty
    ) throws(PasskeyFault) -> ClientData {
        let client = try ClientData(answer.clientData)
        guard client.type == type else { throw .type }
        guard constantTimeEquals(Array(client.challenge.utf8), Array(challenge.utf8)) else { throw .challenge }
        guard site.origins.contains(client.origin) else { throw .origin }
        guard client.crossOrigin != true, client.topOrigin == nil else { throw .crossOrigin }
        return client
    }

    private static func checked(_ bytes: [UInt8], site: RelyingParty) throws(PasskeyFault) -> AuthenticatorData {
        guard let data = AuthenticatorData(bytes) else { throw .authenticatorData }
        guard data.relyingPartyHash == Digest(of: site.id).bytes else { throw .relyingParty }
        guard data.isUserPresent else { throw .notPresent }
        guard data.isUserVerified else { throw .notVerified }
        return data
    }
}
