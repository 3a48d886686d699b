// SPDX-License-Identifier: Apache-2.0

import Digests
import Dossiers
import HTTPTypes
import Identity
import Journal
import Kernel
import Organisation
import Reporting
import Storage
import Trust
import Uploads
import Web

/// Whether a result is genuine, for anybody; the figures of the province, for partners.
struct OpenHandlers: Sendable {
    let services: APIServices

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get,
                path: "/verification/{id}",
                id: "verifyResult",
                summary: "Whether a result is genuine, by the id that its QR code holds",
                access: .anyone,
                rule: "random id of the result",
                answer: Endpoint.Answer(status: 200, schema: "Verification", note: "It is genuine"),
                handler: .call(byID)
            ),
            Endpoint(
                method: .post,
                path: "/verification",
                id: "verifyFile",
                summary: "Whether a file is a result that was issued here, byte for byte",
                access: .anyone,
                rule: "SHA-256 of the file",
                body: .json("FileQuestion"),
                answer: Endpoint.Answer(status: 200, schema: "Verification", note: "It is genuine"),
                refusals: [404],
                handler: .call(byFile)
            ),
            Endpoint(
                method: .get,
                path: "/statistics",
                id: "readStatistics",
                summary: "The figures of the province since the first of January, in all and by agency",
                access: .partner(.statisticsRead),
                rule: "-",
                answer: Endpoint.Answer(status: 200, schema: "Statistics", note: "The figures"),
                handler: .call(statistics)
            ),
        ]
    }

    // MARK: - Verification

    private func byID(_ call: Call) async throws -> Reply {
        guard let id = ResultID(rawValue: try call.slot("id").lowercased()),
            let found = try await services.dossiers.verification(of: id)
        else { throw RequestError.notFound }
        return try await reply(found, isFileChecked: false)
    }

    private func byFile(_ call: Call) async throws -> Reply {
        guard let digest = call.json["sha256"]?.text.flatMap({ Digest(hex: $0) }),
            let found = try await services.dossiers.verification(ofFile: digest)
        else { throw RequestError.notFound }
        return try await reply(found, isFileChecked: true)
    }

    /// Nothing is called genuine before the signatures of the stored file were checked again.
    private func reply(_ found: ResultVerification, isFileChecked: Bool) async throws -> Reply {
        guard found.standing == .inForce, let digest = found.result.digest else { throw RequestError.notFound }
        let stored = try await services.files.bytes(of: digest, limitBytes: services.uploads.limits.fileBytes)
        let report = try await services.verifier.verify(stored)
        guard report.isValid else { throw RequestError.notFound }
        let signatures = report.signatures.map { signature in
            JSONValue.record([
                "signerName": .string(signature.signerName),
                "organisation": signature.organisation.map { .string($0) },
                "timestampedAt": signature.isTimestamped ? signature.signedAt.map { .moment($0) } : nil,
                "issuerName": .string(signature.issuerName),
            ])
        }
        return Reply(
            body: .record([
                "id": .string(found.result.id.rawValue), "title": .string(found.result.title),
                "number": found.result.notation.map { .string($0) }, "agencyName": .string(found.agencyName),
                "signedAt": found.result.signedAt.map { .moment($0) }, "signatures": .array(signatures),
                "isFileChecked": .bool(isFileChecked),
            ])
        )
    }

    // MARK: - Statistics

    private func statistics(_ call: Call) async throws -> Reply {
        let figures = try await services.reporting.recentFigures()
        let agencies = try await services.organisation.snapshot()
        return Reply(
            body: [
                "since": .string(figures.since.description), "at": .moment(figures.at),
                "total": Self.shape(figures.total),
                "agencies": .array(
                    figures.byAgency.map { code, figures in
                        [
                            "code": .string(code.text), "name": .string(agencies.agency(code)?.name ?? code.text),
                            "figures": Self.shape(figures),
                        ]
                    }
                ),
            ]
        )
    }

    private static func shape(_ figures: SevenFigures) -> JSONValue {
        .record([
            "openWithinTime": .integer(figures.openWithinTime), "openOverdue": .integer(figures.openOverdue),
            "supplementing": .integer(figures.supplementing), "early": .integer(figures.early),
            "onTime": .integer(figures.onTime), "late": .integer(figures.late),
            "withdrawn": .integer(figures.withdrawn), "waiting": .integer(figures.waiting),
            "onTimePermille": figures.onTimePermille.map { .integer($0) },
        ])
    }
}
