// SPDX-License-Identifier: Apache-2.0

import Digests
public import Identity
import Journal
public import Kernel
public import Organisation
import Storage

/// Why a passkey led nowhere.
public enum PasskeyError: Presentable, Equatable {
    /// The question was too old, of another browser, or answered before.
    case expired
    /// The answer did not pass: one word for the page, whatever the fault.
    case refused(PasskeyFault)
    /// No account has this passkey, or the account is locked.
    case unknown
    /// This device is registered already, or the officer has as many as may be.
    case notAdded

    public var code: String {
        switch self {
        case .expired: "passkey-expired"
        case .refused(let fault): "passkey-\(fault.rawValue)"
        case .unknown: "passkey-unknown"
        case .notAdded: "passkey-not-added"
        }
    }

    public var status: Int { self == .notAdded ? 409 : 422 }

    public var severity: Severity {
        if case .refused = self { return .warning }
        return .notice
    }

    public var publicDetail: String? {
        switch self {
        case .expired: "Đã quá 5 phút. Bấm nút khóa truy cập một lần nữa."
        case .refused, .unknown:
            "Khóa truy cập này không mở được tài khoản nào. Đăng nhập bằng mật khẩu và mã xác thực."
        case .notAdded: "Thiết bị này đã có khóa truy cập, hoặc tài khoản đã đủ \(SignInService.passkeyLimit) khóa."
        }
    }
}

extension SignInService {
    /// As many passkeys an officer may have.
    static let passkeyLimit = 10
    private static let nameLimit = 100

    /// For whom passkeys are made.
    public var relyingParty: RelyingParty { officers.relyingParty }

    /// The question for the browser whose form token this is; nothing is kept of it.
    public func passkeyChallenge(for purpose: PasskeyPurpose, binding: String) -> String {
        PasskeyChallenge(for: purpose, binding: binding, key: challengeKey, at: clock.now(), random: random).text
    }

    /// The passkeys of an officer, oldest first.
    public func passkeys(of officer: OfficerID) async throws -> [Passkey] {
        try await store.read { try PasskeyTable.all(of: officer, in: $0).map(\.passkey) }
    }

    /// The ids of an officer's credentials, so that a device is not registered twice.
    public func passkeyCredentials(of officer: OfficerID) async throws -> [String] {
        try await store.read { try PasskeyTable.all(of: officer, in: $0).map { $0.credential.base64URL } }
    }

    /// Adds a passkey of the officer in this session.
    ///
    /// - Throws: `PasskeyError.expired`, `.refused`, `.notAdded`; `SecondStepError.proofNeeded`.
    public func addPasskey(_ answer: PasskeyAnswer, named name: String, binding: String, by actor: Actor) async throws {
        guard hasFreshProof(actor), let officer = actor.officer else { throw SecondStepError.proofNeeded }
        let challenge = try challenge(of: answer, for: .registration, binding: binding)
        let made: (credential: AuthenticatorData.Credential, signCount: UInt32)
        do {
            made = try PasskeyCeremony.registered(answer, challenge: challenge.text, site: relyingParty)
        } catch { throw PasskeyError.refused(error) }
        let now = clock.now()
        let called = String(VietnameseText.tidy(name).prefix(Self.nameLimit))
        let passkey = Passkey(
            id: Identifier(random),
            name: called.isEmpty ? "Khóa truy cập" : called,
            createdAt: now
        )
        let stored = StoredPasskey(
            passkey: passkey,
            officer: officer,
            credential: made.credential.id,
            keyBytes: made.credential.keyBytes,
            signCount: Int64(made.signCount)
        )
        try await store.journalled { [self] transaction in
            guard try PasskeyTable.use(challenge, in: transaction) else { throw PasskeyError.expired }
            guard try PasskeyTable.find(credential: stored.credential, in: transaction) == nil,
                try PasskeyTable.all(of: officer, in: transaction).count < Self.passkeyLimit
            else { throw PasskeyError.notAdded }
            try PasskeyTable.insert(stored, in: transaction)
            let facts: JSONValue = ["passkey": .string(passkey.id.rawValue)]
            try note("passkeyAdded", of: officer.rawValue, by: actor.stamp, facts, at: now, in: transaction)
        }
    }

    /// Removes a passkey of the officer in this session; nothing happens when there is none.
    ///
    /// - Throws: `SecondStepError.proofNeeded`.
    public func removePasskey(_ id: Identifier<Passkey>, by actor: Actor) async throws {
        guard hasFreshProof(actor), let officer = actor.officer else { throw SecondStepError.proofNeeded }
        let now = clock.now()
        try await store.journalled { [self] transaction in
            guard try PasskeyTable.remove(id, of: officer, in: transaction) else { return }
            let facts: JSONValue = ["passkey": .string(id.rawValue)]
            try note("passkeyRemoved", of: officer.rawValue, by: actor.stamp, facts, at: now, in: transaction)
        }
    }

    /// Signs an officer in by a passkey: the device made sure who, so it is both factors at once.
    ///
    /// - Throws: `PasskeyError.expired`, `.refused`, `.unknown`.
    public func signIn(passkey answer: PasskeyAnswer, binding: String) async throws -> OfficerProgress {
        let stored = try await opened(by: answer, for: .signIn, binding: binding, asProofOf: nil)
        guard let officer = try await organisation.officer(stored.officer), officer.isActive else {
            throw PasskeyError.unknown
        }
        return .proved(officer, .passkey)
    }

    /// Takes a passkey as a proof of presence of the officer of this session.
    ///
    /// - Throws: `PasskeyError.expired`, `.refused`, `.unknown`; `SecondStepError.gone` when the session has ended.
    public func prove(_ actor: Actor, passkey answer: PasskeyAnswer, binding: String) async throws {
        _ = try await opened(by: answer, for: .proof, binding: binding, asProofOf: actor)
    }

    // MARK: - Inside

    private func opened(
        by answer: PasskeyAnswer,
        for purpose: PasskeyPurpose,
        binding: String,
        asProofOf actor: Actor?
    ) async throws -> StoredPasskey {
        let challenge = try challenge(of: answer, for: purpose, binding: binding)
        let now = clock.now()
        return try await store.journalled { [self] transaction in
            guard try PasskeyTable.use(challenge, in: transaction) else { throw PasskeyError.expired }
            guard let stored = try PasskeyTable.find(credential: answer.credential, in: transaction),
                actor == nil || actor?.officer == stored.officer
            else { throw PasskeyError.unknown }
            guard answer.userHandle.isEmpty || answer.userHandle == Array(stored.officer.rawValue.utf8) else {
                throw PasskeyError.refused(.userHandle)
            }
            do {
                let key = try PasskeyKey(CBORReader.value(of: stored.keyBytes))
                guard let key, let known = UInt32(exactly: stored.signCount) else { throw PasskeyFault.credential }
                let count = try PasskeyCeremony.asserted(
                    answer,
                    challenge: challenge.text,
                    site: relyingParty,
                    key: key,
                    stored: known
                )
                try PasskeyTable.use(stored, signCount: count, at: now, in: transaction)
            } catch let fault as PasskeyFault { throw PasskeyError.refused(fault) }
            if let actor, let session = actor.session {
                try noteProof(session, of: actor, how: "passkey", at: now, in: transaction)
            }
            return stored
        }
    }

    private func challenge(of answer: PasskeyAnswer, for purpose: PasskeyPurpose, binding: String) throws
        -> PasskeyChallenge
    {
        let said: String
        do { said = try ClientData(answer.clientData).challenge } catch { throw PasskeyError.refused(error) }
        let challenge = PasskeyChallenge(said, for: purpose, binding: binding, key: challengeKey, at: clock.now())
        guard let challenge else { throw PasskeyError.expired }
        return challenge
    }

    private var challengeKey: [UInt8] {
        SecretSeal.derived(from: officers.installationKey, purpose: "passkey-challenge")
    }
}
