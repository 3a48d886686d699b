// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import Hummingbird
import Kernel
import Logging
import NIOCore
import Synchronization

/// Stands around the router: numbers the request, keeps time and limits, and turns every outcome into an answer.
public struct EdgeResponder<Context: VisitContext>: HTTPResponder {
    let inner: RouterResponder<Context>
    let edge: Edge
    let settings: ServerSettings
    let routes: [KnownRoute]
    let gate: Gate
    let deadlines = Deadlines()

    public func respond(to request: Request, context: Context) async throws -> Response {
        let began = ContinuousClock.now
        var context = context
        context.visit.requestID = Visit.newRequestID(settings.random)
        context.visit.client = settings.trustedProxies.client(
            peer: context.visit.peer,
            forwardedFor: request.headers[values: .forwardedFor]
        )
        context.logger[metadataKey: "requestID"] = "\(context.visit.requestID)"
        let response: Response
        do {
            try gate.enter()
            defer { gate.leave() }
            try checkHead(request)
            response = try await answer(request, context)
        } catch {
            response = edge.response(to: error, request: request, requestID: context.visit.requestID)
        }
        let spent = ContinuousClock.now - began
        settings.onAnswer(
            AnsweredRequest(
                method: Self.methods.contains(request.method) ? request.method.rawValue : "other",
                route: context.endpointPath.flatMap { $0 == Self.noRoute ? nil : $0 } ?? "-",
                status: response.status.code,
                seconds: spent / .seconds(1)
            )
        )
        return edge.finish(
            response,
            request: request,
            visit: context.visit,
            route: context.endpointPath,
            milliseconds: spent / .milliseconds(1)
        )
    }

    private func checkHead(_ request: Request) throws(RequestError) {
        var size = request.method.rawValue.utf8.count + (request.head.path?.utf8.count ?? 0) + 12
        for field in request.headers { size += field.name.rawName.utf8.count + field.value.utf8.count + 4 }
        guard size <= settings.limits.headerBytes else {
            throw .headersTooLarge(limitBytes: settings.limits.headerBytes)
        }
    }

    private func answer(_ request: Request, _ context: Context) async throws -> Response {
        do {
            return try await race(request, context)
        } catch let error as RequestError where error == .notFound && context.endpointPath == Self.noRoute {
            let allowed = allowedMethods(request.uri.path)
            throw allowed.isEmpty ? error : .methodNotAllowed(allowed: allowed)
        }
    }

    /// Anyone may invent a method; figures know these.
    private static var methods: Set<HTTPRequest.Method> { [.get, .head, .post, .put, .patch, .delete, .options] }

    /// The name that the router gives to a request without a route.
    static var noRoute: String { "NotFound" }

    private func allowedMethods(_ path: String) -> [String] {
        let parts = path.split(separator: "/")
        var methods: Set<String> = []
        for route in routes where matches(route.path, parts) {
            methods.insert(route.method)
            if route.method == "GET" { methods.insert("HEAD") }
        }
        return methods.sorted()
    }

    private func matches(_ pattern: RouterPath, _ parts: [Substring]) -> Bool {
        if pattern.components.last?.description == "**" {
            return parts.count >= pattern.count && zip(pattern.dropLast(), parts).allSatisfy { $0 ~= $1 }
        }
        return pattern.count == parts.count && zip(pattern, parts).allSatisfy { $0 ~= $1 }
    }

    /// The handler against the clock. The loser is cancelled and waited for: a body is never read by two.
    private func race(_ request: Request, _ context: Context) async throws -> Response {
        let progress = BodyProgress()
        var request = request
        let hasBody = request.method != .get && request.method != .head
        if hasBody {
            request.body = RequestBody(asyncSequence: TrackedBody(base: request.body, progress: progress))
        } else {
            progress.end()
        }
        let watched = request
        let inner = inner
        let deadline = BodyDeadline(settings.limits, progress, request, clock: deadlines)
        return try await withThrowingTaskGroup(of: Response.self) { group in
            group.addTask { try await inner.respond(to: watched, context: context) }
            group.addTask { throw try await deadline.expired() }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }
}

/// A registered pattern and its method.
struct KnownRoute: Sendable {
    let path: RouterPath
    let method: String
}

/// Whether the body has arrived.
final class BodyProgress: Sendable {
    private let endedAt = Mutex<ContinuousClock.Instant?>(nil)

    func end() { endedAt.withLock { $0 = $0 ?? .now } }

    var moment: ContinuousClock.Instant? { endedAt.withLock { $0 } }
}

/// When a request is given up.
struct BodyDeadline: Sendable {
    private let limits: ServerLimits
    private let progress: BodyProgress
    private let bodySeconds: Int
    private let clock: Deadlines

    init(_ limits: ServerLimits, _ progress: BodyProgress, _ request: Request, clock: Deadlines) {
        (self.limits, self.progress, self.clock) = (limits, progress, clock)
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        // 15 minutes are enough for a dossier's 100 MB at 1 Mbit/s; nothing may hold a connection longer.
        let extra = max(0, announced) / max(1, limits.slowestBytesPerSecond)
        bodySeconds = min(limits.requestSeconds + extra, max(limits.requestSeconds, 900))
    }

    /// Waits until the time is over and says which time it was.
    func expired() async throws -> RequestError {
        let start = ContinuousClock.now
        while true {
            let ended = progress.moment
            let deadline = ended.map { $0 + .seconds(limits.handlerSeconds) } ?? start + .seconds(bodySeconds)
            if ContinuousClock.now >= deadline { return ended == nil ? .timedOut : .tooSlow }
            // Looks again when the handler's time could be over at the earliest.
            let next = min(deadline, ContinuousClock.now + .seconds(limits.handlerSeconds))
            try await clock.sleep(until: next)
        }
    }
}

/// A body that says when its last byte has come.
struct TrackedBody: AsyncSequence, Sendable {
    let base: RequestBody
    let progress: BodyProgress

    struct AsyncIterator: AsyncIteratorProtocol {
        var base: RequestBody.AsyncIterator
        let progress: BodyProgress

        @concurrent
        mutating func next() async throws -> ByteBuffer? {
            let part = try await base.next()
            if part == nil { progress.end() }
            return part
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(base: base.makeAsyncIterator(), progress: progress) }
}

/// Counts the requests at work.
final class Gate: Sendable {
    private let inside = Atomic<Int>(0)
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func enter() throws(RequestError) {
        let now = inside.add(1, ordering: .relaxed).newValue
        guard now <= limit else {
            inside.subtract(1, ordering: .relaxed)
            throw .overloaded(retryAfterSeconds: 5)
        }
    }

    func leave() { inside.subtract(1, ordering: .relaxed) }
}
