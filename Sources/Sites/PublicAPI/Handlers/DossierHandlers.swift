// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Dossiers
import HTTPTypes
import Identity
import Journal
import Kernel
import Organisation
import Payments
import Site
import Web

/// Dossiers: an applicant reads and acts on her own, a partner follows those of its agency.
struct DossierHandlers: Sendable {
    let services: APIServices
    let idempotent: IdempotentCalls

    private static let readers = Endpoint.Access.citizenOrPartner(.dossiersRead)
    private static let readRule = "own dossier or own agency's"

    var endpoints: [Endpoint] { reading + acting }

    private var reading: [Endpoint] {
        [
            Endpoint(
                method: .get,
                path: "/dossiers",
                id: "listDossiers",
                summary: "Own dossiers, or those of the partner's agency, newest first",
                access: Self.readers,
                rule: "own dossiers or own agency's",
                query: [
                    ProcedureHandlers.limitQuery,
                    Endpoint.Query(name: "cursor", schema: .text(1...200), note: "nextCursor of the page before"),
                ],
                answer: Endpoint.Answer(status: 200, schema: "DossierPage", note: "A page of dossiers"),
                handler: .call(list)
            ),
            Endpoint(
                method: .get,
                path: "/dossiers/{code}",
                id: "readDossier",
                summary: "Where a dossier stands",
                access: Self.readers,
                rule: Self.readRule,
                answer: Endpoint.Answer(status: 200, schema: "Dossier", note: "The dossier"),
                handler: .call(read)
            ),
            Endpoint(
                method: .get,
                path: "/dossiers/{code}/timeline",
                id: "readTimeline",
                summary: "What happened to a dossier, oldest first",
                access: Self.readers,
                rule: Self.readRule,
                answer: Endpoint.Answer(status: 200, schema: "Timeline", note: "The events"),
                handler: .call(timeline)
            ),
        ]
    }

    private var acting: [Endpoint] {
        [
            Endpoint(
                method: .post,
                path: "/dossiers/{code}/supplement",
                id: "answerSupplement",
                summary: "Answers a request for supplement, everything together",
                access: .citizen(.two),
                rule: "own dossier",
                body: .json("Supplement"),
                isCommand: true,
                needsVersion: true,
                answer: Endpoint.Answer(status: 200, schema: "Dossier", note: "The dossier after it"),
                handler: .call(supplement)
            ),
            Endpoint(
                method: .post,
                path: "/dossiers/{code}/withdraw",
                id: "withdrawDossier",
                summary: "Withdraws a dossier",
                access: .citizen(.two),
                rule: "own dossier",
                body: .json("Withdrawal"),
                isCommand: true,
                needsVersion: true,
                answer: Endpoint.Answer(status: 200, schema: "Dossier", note: "The dossier after it"),
                handler: .call(withdraw)
            ),
            Endpoint(
                method: .post,
                path: "/dossiers/{code}/payment",
                id: "beginPayment",
                summary: "Begins to pay what is due, and says where",
                access: .citizen(.two),
                rule: "own dossier",
                isCommand: true,
                answer: Endpoint.Answer(status: 200, schema: "Payment", note: "Where the payer goes"),
                handler: .call(pay)
            ),
        ]
    }

    // MARK: - Reading

    private func list(_ call: Call) async throws -> Reply {
        var after: Keyset?
        if let cursor = call.query["cursor"]?.text {
            guard let keyset = Keyset(cursor, count: 1), Int64(keyset.values[0]) != nil else {
                throw APIRefusal.parameterWrong(name: "cursor", detail: "Không có trang nào bắt đầu ở đây")
            }
            after = keyset
        }
        let page = try await services.dossiers.progressList(for: call.actor, after: after, limit: call.limit)
        return Reply(
            body: [
                "items": .array(page.items.map { .object(DossierShape.members($0)) }),
                "nextCursor": page.next.map { .string($0.text) } ?? .null,
            ]
        )
    }

    private func read(_ call: Call) async throws -> Reply {
        let code = try call.dossierCode()
        guard case .citizen(let actor) = call.caller else {
            let progress = try await services.dossiers.progress(of: code, for: call.actor)
            return Reply(body: .object(DossierShape.members(progress)), tag: "\(progress.state.version)")
        }
        return try await own(code, actor)
    }

    private func own(_ code: DossierCode, _ actor: Actor) async throws -> Reply {
        let view = try await services.dossiers.dossier(code, for: actor)
        let lane = services.dossiers.lane(of: view.state)
        return Reply(body: DossierShape.own(view, lane), tag: "\(view.state.version)")
    }

    private func timeline(_ call: Call) async throws -> Reply {
        let code = try call.dossierCode()
        var items: [JSONValue]
        if case .citizen(let actor) = call.caller {
            items = try await services.dossiers.dossier(code, for: actor).timeline.map {
                DossierShape.entry($0.event, $0.at, $0.note?.reason)
            }
        } else {
            items = try await services.dossiers.progressEntries(of: code, for: call.actor).map {
                DossierShape.entry($0.event, $0.at, nil)
            }
        }
        return Reply(body: ["items": .array(items)])
    }

    // MARK: - Acting

    private func supplement(_ call: Call) async throws -> Reply {
        let code = try call.dossierCode()
        return try await idempotent.run(call) {
            let version = try await version(call, code)
            let filing = SupplementFiling(
                answers: AnswerReading.answers(call.json["answers"]),
                explanations: (call.json["explanations"]?.members ?? [:]).compactMapValues(\.text),
                files: AnswerReading.papers(call.json["files"]),
                results: AnswerReading.results(call.json["results"])
            )
            try await services.dossiers.sendSupplement(filing, of: code, seen: version, by: call.actor)
            return try await own(code, call.actor)
        }
    }

    private func withdraw(_ call: Call) async throws -> Reply {
        let code = try call.dossierCode()
        return try await idempotent.run(call) {
            let version = try await version(call, code)
            let reason = VietnameseText.tidy(call.json["reason"]?.text ?? "")
            let act = DossierAct.withdraw(reason: reason.isEmpty ? nil : reason)
            try await services.dossiers.perform(act, on: code, seen: version, by: call.actor)
            return try await own(code, call.actor)
        }
    }

    /// The version to command with: the one that the author saw, and still the present one.
    private func version(_ call: Call, _ code: DossierCode) async throws -> Int {
        let present = try await services.dossiers.progress(of: code, for: call.actor).state.version
        return try (call.match ?? .none).version(now: present)
    }

    private func pay(_ call: Call) async throws -> Reply {
        let code = try call.dossierCode()
        return try await idempotent.run(call) {
            let state = try await services.dossiers.progress(of: code, for: call.actor).state
            let back = services.publicURL.absolute(SiteURL.paymentReturn.path([("ma", code.text)]))
            let url = try await services.payments.begin(
                DossierService.payable(state.id),
                returnURL: back,
                by: call.actor.stamp
            )
            return Reply(body: ["payURL": .string(url)])
        }
    }
}

/// A dossier as JSON.
enum DossierShape {
    /// What anybody who may follow it learns: nothing personal.
    static func members(_ progress: DossierProgress) -> [String: JSONValue] {
        members(
            progress.state,
            procedureName: progress.procedureName,
            agencyName: progress.agencyName,
            lane: progress.lane.rawValue
        )
    }

    /// What its applicant learns besides. No answers and no names: they are hers already.
    static func own(_ view: DossierView, _ lane: PublicLane) -> JSONValue {
        var members = members(
            view.state,
            procedureName: view.pack.name,
            agencyName: view.agency.name,
            lane: lane.rawValue
        )
        members["actions"] = .words(actions(view))
        members["files"] = .array(
            view.currentFiles.map { file in
                [
                    "component": .string(file.component), "name": .string(file.name),
                    "mediaType": .string(file.mediaType), "size": .integer(file.size),
                    "sha256": .string(file.digest.hex),
                ]
            }
        )
        members["payment"] = view.obligation.map { obligation in
            ["total": .integer(obligation.total.amount), "state": .string(obligation.state.rawValue)]
        }
        if let open = view.supplements.last, open.answeredAt == nil {
            members["supplement"] = supplement(open, view)
        }
        if let result = view.result, view.state.status == .delivered, result.signedAt != nil {
            members["result"] = .record([
                "id": .string(result.id.rawValue), "title": .string(result.title),
                "number": result.notation.map { .string($0) }, "sha256": result.digest.map { .string($0.hex) },
            ])
        }
        return .object(members)
    }

    static func entry(_ event: DossierEvent, _ at: Instant, _ note: String?) -> JSONValue {
        var (former, dueAt): (Instant?, Instant?) = (nil, nil)
        if case .lengthened(let facts) = event { (former, dueAt) = (facts.formerDueAt, facts.dueAt) }
        return .record([
            "event": .string(event.kind), "name": .string(event.vietnamese), "at": .moment(at),
            "note": note.map { .string($0) },
            "formerDueAt": former.map { .moment($0) }, "dueAt": dueAt.map { .moment($0) },
        ])
    }

    private static func actions(_ view: DossierView) -> [String] {
        var actions: [String] = []
        if view.offered.contains(.answerSupplement) { actions.append("answerSupplement") }
        if view.offered.contains(.withdraw) { actions.append("withdraw") }
        if view.state.obligation == .due { actions.append("pay") }
        return actions
    }

    private static func supplement(_ open: Supplement, _ view: DossierView) -> JSONValue {
        let items = open.items.map { item -> JSONValue in
            [
                "target": .string(item.target), "title": .string(view.title(ofTarget: item.target)),
                "detail": .string(item.text),
            ]
        }
        return ["askedAt": .moment(open.askedAt), "reason": .string(open.reason), "items": .array(items)]
    }

    private static func members(
        _ state: DossierState,
        procedureName: String,
        agencyName: String,
        lane: String
    ) -> [String: JSONValue] {
        JSONValue.record([
            "code": .string(state.code.text),
            "procedure": ["code": .string(state.procedure), "name": .string(procedureName)],
            "agency": ["code": .string(state.agency.text), "name": .string(agencyName)],
            "status": .integer(Int64(state.status.rawValue)),
            "statusName": .string(state.status.vietnamese),
            "lane": .string(lane),
            "obligation": .string(state.obligation.rawValue),
            "submittedAt": .moment(state.submittedAt),
            "receivedAt": state.receivedAt.map { .moment($0) },
            "dueAt": state.dueAt.map { .moment($0) },
            "lengthening": state.lengthening.map { .string($0) },
            "decidedAt": state.decidedAt.map { .moment($0) },
            "decision": state.decision.map { .string($0.rawValue) },
            "deliveredAt": state.deliveredAt.map { .moment($0) },
            "version": .integer(Int64(state.version)),
        ]).members
    }
}
