// SPDX-License-Identifier: Apache-2.0

import Hummingbird

/// Turns the framework's own errors, which have English words or none, into ours before it can answer them itself.
struct HouseErrors<Context: VisitContext>: RouterMiddleware {
    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError {
            throw Self.ours(error.status.code)
        }
    }

    static func ours(_ status: Int) -> RequestError {
        switch status {
        case 401: .signInNeeded
        case 403: .forbidden
        case 404: .notFound
        case 413: .bodyTooLarge(limitBytes: FormFields.Limits().bodyBytes)
        case 415: .unsupportedMediaType
        case 408: .timedOut
        case 500...: .tooSlow
        default: .malformed(reason: "refused by the framework with \(status)")
        }
    }
}
