// SPDX-License-Identifier: Apache-2.0

import Digests
import Dossiers
import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Site
import Storage
import Trust
import Uploads
import Web

/// Anyone learns whether a result is genuine: by the QR code on it, by its number's id, or by the file itself.
struct VerificationHandlers: Sendable {
    let services: CitizenServices

    func add(to routes: SiteRoutes) {
        routes.get(.verification, for: .anyone, rule: "random id of the result", work: .long, byCode)
        routes.upload(.verification, for: .anyone, rule: "-", byFile)
    }

    private func byCode(_ request: Request, _ context: PublicContext) async throws -> Response {
        let typed = context.query.text("so") ?? ""
        guard !typed.isEmpty else { return page(context, .none, typed: "") }
        if let limited = limited(context, typed) { return limited }
        // A reader of QR codes gives the whole address, whose last part is the code.
        let code = typed.split(separator: "=").last.map { $0.filter { $0 != " " }.lowercased() } ?? ""
        guard let id = ResultID(rawValue: code),
            let found = try await services.dossiers.verification(of: id)
        else { return page(context, .unknown, typed: typed, status: .notFound) }
        return page(context, try await outcome(found, isFileChecked: false), typed: typed)
    }

    private func byFile(_ form: UploadForm, _ request: Request, _ context: PublicContext) async throws -> Response {
        if let limited = limited(context, "") {
            _ = try await form.read { _, _ in }
            return limited
        }
        let limit = Int(services.uploads.limits.fileBytes)
        var bytes: [UInt8] = []
        _ = try await form.read { event, _ in
            // At most one file, held in memory: a signature is over all of its bytes.
            if case .bytes(let piece) = event, bytes.count + piece.count <= limit { bytes += piece }
        }
        guard !bytes.isEmpty else {
            return page(context, .unreadable("Chọn tệp PDF cần kiểm tra"), typed: "", status: .unprocessableContent)
        }
        if let found = try await services.dossiers.verification(ofFile: Digest(of: bytes)) {
            return page(context, try await outcome(found, isFileChecked: true), typed: "")
        }
        do {
            let report = try await services.verifier.verify(bytes)
            // Signed by somebody, but not a file that this portal issued byte for byte.
            return page(context, report.signatures.isEmpty || report.isValid ? .unknown : .altered, typed: "")
        } catch {
            return page(
                context,
                .unreadable("Tệp phải là PDF đã ký, tải nguyên vẹn từ cổng"),
                typed: "",
                status: .unprocessableContent
            )
        }
    }

    private func limited(_ context: PublicContext, _ typed: String) -> Response? {
        do throws(RequestError) {
            try services.limiter.take("verify:\(context.visit.client?.limitKey ?? "-")")
            return nil
        } catch {
            return page(context, .limited(retryAfterMinutes: 1), typed: typed, status: .tooManyRequests)
        }
    }

    /// What counts is that it was issued: a signature alone is no result.
    private func outcome(_ found: ResultVerification, isFileChecked: Bool) async throws -> VerifyPage.Outcome {
        switch found.standing {
        case .inForce: .genuine(try await view(found, isFileChecked: isFileChecked))
        case .notIssued: .notInForce("Giấy tờ này đã ký nhưng chưa được cơ quan phát hành, nên chưa có giá trị.")
        case .returned: .notInForce("Bản ký này đã bị trả lại trước khi phát hành, không có giá trị.")
        }
    }

    private func view(_ found: ResultVerification, isFileChecked: Bool) async throws -> VerifyPage.GenuineView {
        var lines: [VerifyPage.SignatureLine] = []
        if let digest = found.result.digest {
            let stored = try await services.files.bytes(of: digest, limitBytes: services.uploads.limits.fileBytes)
            let report = try await services.verifier.verify(stored)
            guard report.isValid else { throw RequestError.notFound }
            lines = report.signatures.map { signature in
                VerifyPage.SignatureLine(
                    signerName: signature.signerName,
                    organisationName: signature.organisation ?? found.agencyName,
                    timestampedAt: signature.isTimestamped ? signature.signedAt : nil,
                    issuerName: signature.issuerName
                )
            }
        }
        return VerifyPage.GenuineView(
            kindName: found.result.title,
            number: found.result.notation ?? "",
            agencyName: found.agencyName,
            signedAt: found.result.signedAt ?? found.result.draftedAt,
            subjectMasked: "Không hiện thông tin cá nhân; đối chiếu với tệp gốc",
            signatures: lines,
            isFileChecked: isFileChecked
        )
    }

    private func page(
        _ context: PublicContext,
        _ outcome: VerifyPage.Outcome,
        typed: String,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let model = VerifyPage.Model(
            outcome: outcome,
            typedCode: typed,
            codeAction: SiteURL.verification.path,
            fileAction: SiteURL.verification.path,
            fileLimitBytes: services.uploads.limits.fileBytes
        )
        return .page(VerifyPage.html(model, in: context.frame(pageCode: "C-21")), status: status)
    }
}
