// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Markup
import Hummingbird

/// Delays and 503 by seed for the simulated systems; the pages of whoever runs the demonstration stay calm.
struct FaultMiddleware: RouterMiddleware {
    typealias Context = BasicRequestContext

    let faults: FaultBoard

    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        let isCalm = ["/dieu-khien", "/hop-thu", "/sandbox.css", "/healthz", "/ca/"].contains { path.hasPrefix($0) }
        guard !isCalm, path != "/" else { return try await answer(request, context, next) }
        let roll = faults.roll(path)
        if roll.delayMilliseconds > 0 { try await Task.sleep(for: .milliseconds(roll.delayMilliseconds)) }
        if roll.isUnavailable {
            var response = Exchange.text("", status: .serviceUnavailable)
            response.headers[.retryAfter] = "1"
            return response
        }
        return try await answer(request, context, next)
    }

    /// A refusal becomes a page in Vietnamese.
    private func answer(
        _ request: Request,
        _ context: Context,
        _ next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let refusal as SandboxRefusal {
            return Exchange.page(
                SandboxPage.html("Không thực hiện được", "<p>\(refusal.text)</p>"),
                status: refusal.status
            )
        }
    }
}
