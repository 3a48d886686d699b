// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Synchronization
public import Web

/// A form with files that is still arriving. Its token is checked before the handler hears of the first file.
public final class UploadForm: Sendable {
    private let request: Request
    private let token: FormToken
    private let limits: MultipartLimits
    private let begun = Mutex(false)

    init(request: Request, token: FormToken, limits: MultipartLimits) {
        (self.request, self.token, self.limits) = (request, token, limits)
    }

    var wasRead: Bool { begun.withLock { $0 } }

    /// Reads the form; files go to `consume` piece by piece.
    ///
    /// - Throws: `forgedForm`; `RequestError` for hostile or oversized input; what `consume` throws.
    /// - Returns: The ordinary fields.
    public func read(
        _ consume: (_ event: UploadEvent, _ fieldsSoFar: FormFields) async throws -> Void
    ) async throws -> FormFields {
        begun.withLock { $0 = true }
        let token = token
        let fields = try await request.multipart(limits: limits) { event, soFar in
            if case .began = event {
                guard token.accepts(soFar[FormToken.fieldName]) else { throw RequestError.forgedForm }
            }
            try await consume(event, soFar)
        }
        guard token.accepts(fields[FormToken.fieldName]) else { throw RequestError.forgedForm }
        return fields
    }
}
