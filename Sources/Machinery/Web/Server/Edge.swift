// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Kernel
import Logging

/// What every answer goes through, whoever wrote it: errors become pages or problems, headers are set, a line is
/// logged.
struct Edge: Sendable {
    let headers: SecurityHeaders
    let errorPage: ErrorPage
    let logger: Logger

    /// Any error as facts that may be shown.
    func facts(of error: any Error, requestID: String) -> FailureFacts {
        switch error {
        case let known as any Presentable:
            return FailureFacts(
                status: known.status,
                code: known.code,
                publicDetail: known.publicDetail,
                field: known.field,
                faults: known.faults,
                requestID: requestID,
                severity: known.severity,
                retryAfterSeconds: (known as? RequestError)?.retryAfterSeconds ?? Self.retryAfterSeconds(known.status)
            )
        case is CancellationError:
            return facts(of: RequestError.overloaded(retryAfterSeconds: 5), requestID: requestID)
        default:
            return FailureFacts(
                status: 500,
                code: "internal-error",
                publicDetail: nil,
                requestID: requestID,
                severity: .critical
            )
        }
    }

    /// A store that is busy or full comes back by itself; half a minute keeps the crowd from the door.
    private static func retryAfterSeconds(_ status: Int) -> Int? {
        status == 503 || status == 507 ? 30 : nil
    }

    /// The answer to a failed request, a page for people and a problem for machines.
    func response(to error: any Error, request: Request, requestID: String) -> Response {
        let facts = facts(of: error, requestID: requestID)
        log(error, facts)
        let status = HTTPResponse.Status(code: facts.status)
        var response: Response
        if Self.wantsPage(request) {
            response = .page(errorPage.draw(facts), status: status)
        } else {
            do {
                let type = "application/problem+json; charset=utf-8"
                response = try .json(ProblemDetails(facts), status: status, type: type)
            } catch {
                response = .text(facts.code, status: status)
            }
        }
        if let seconds = facts.retryAfterSeconds { response.headers[.retryAfter] = String(seconds) }
        if facts.status == 401, Self.isForMachines(request) {
            response.headers[.wwwAuthenticate] = "Bearer realm=\"motcua\""
        }
        if case .methodNotAllowed(let allowed)? = error as? RequestError {
            response.headers[.allow] = allowed.joined(separator: ", ")
        }
        return request.method == .head ? response.createHeadResponse() : response
    }

    /// Browsers name `text/html`; the API is for machines; all others get what fits the address.
    static func wantsPage(_ request: Request) -> Bool {
        if isForMachines(request) { return false }
        let accept = request.headers[values: .accept].joined(separator: ",").lowercased()
        if accept.contains("text/html") { return true }
        return !accept.contains("json")
    }

    private static func isForMachines(_ request: Request) -> Bool { request.uri.path.hasPrefix("/api/") }

    /// The causes of what is ours to mend, never a value of a form.
    private func log(_ error: any Error, _ facts: FailureFacts) {
        let metadata: Logger.Metadata = [
            "requestID": "\(facts.requestID)", "code": "\(facts.code)", "status": "\(facts.status)",
        ]
        switch facts.severity {
        case .notice:
            if case .malformed(let reason)? = error as? RequestError {
                logger.info("malformed request", metadata: metadata.merging(["reason": "\(reason)"]) { $1 })
            }
        case .warning:
            logger.warning("request refused", metadata: metadata)
        case .critical:
            // 1 KiB: enough for a cause, too little for a document.
            let cause = String("\(type(of: error)): \(error)".prefix(1024))
            logger.critical("request failed", metadata: metadata.merging(["cause": "\(cause)"]) { $1 })
        }
    }

    /// Headers and the access line, for an answer that is about to be sent.
    func finish(_ response: Response, request: Request, visit: Visit, route: String?, milliseconds: Double) -> Response
    {
        var response = response
        headers.apply(to: &response)
        response.headers[.requestID] = visit.requestID
        logger.info(
            "request",
            metadata: [
                "requestID": "\(visit.requestID)", "method": "\(request.method.rawValue.prefix(16))",
                "route": "\(route ?? "-")", "status": "\(response.status.code)",
                "milliseconds": "\((milliseconds * 10).rounded() / 10)",
            ]
        )
        return response
    }
}
