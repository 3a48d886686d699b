// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import HTTPTypes
import Journal
import Kernel
import Organisation
import Web
import WorkingTime

/// Procedures, their forms and what they cost: open to everybody.
struct ProcedureHandlers: Sendable {
    let services: APIServices

    static let limitQuery = Endpoint.Query(name: "limit", schema: .whole(1...100), note: "Rows of a page; 20 if absent")

    private static let facetQueries: [Endpoint.Query] = [
        Endpoint.Query(
            name: Facet.subject.rawValue,
            schema: .word(SubjectKind.allCases.map(\.rawValue)),
            note: "Đối tượng: who may ask for it"
        ),
        Endpoint.Query(name: Facet.sector.rawValue, schema: .text(1...200), note: "Lĩnh vực: its code, or ho-tich"),
        Endpoint.Query(name: Facet.agency.rawValue, schema: .text(1...200), note: "Cơ quan: so-tu-phap"),
        Endpoint.Query(
            name: Facet.level.rawValue,
            schema: .word(OnlineScope.allCases.map(\.rawValue)),
            note: "Toàn trình, một phần, cung cấp thông tin"
        ),
        Endpoint.Query(
            name: Facet.fee.rawValue,
            schema: .word(["free", "paid", "council"]),
            note: "Whether anything is paid; council: set by the province's council, not known here"
        ),
    ]

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get,
                path: "/procedures",
                id: "listProcedures",
                summary: "The procedures on offer, by name, or those that a query means, best first",
                access: .anyone,
                rule: "-",
                query: [
                    Endpoint.Query(name: "q", schema: .text(0...200), note: "Vietnamese, with or without marks"),
                    Self.limitQuery,
                    Endpoint.Query(name: "cursor", schema: .text(1...64), note: "nextCursor of the page before"),
                ] + Self.facetQueries,
                answer: Endpoint.Answer(status: 200, schema: "ProcedurePage", note: "A page of procedures"),
                handler: .call(list)
            ),
            Endpoint(
                method: .get,
                path: "/procedures/{code}",
                id: "readProcedure",
                summary: "One procedure with papers, fees and the agencies that execute it",
                access: .anyone,
                rule: "-",
                samples: ["code": "2.000635"],
                answer: Endpoint.Answer(status: 200, schema: "Procedure", note: "The procedure"),
                handler: .call(read)
            ),
            Endpoint(
                method: .get,
                path: "/procedures/{code}/form",
                id: "readForm",
                summary: "The form as a JSON Schema of the answers",
                access: .anyone,
                rule: "-",
                samples: ["code": "2.000635"],
                answer: Endpoint.Answer(status: 200, schema: "FormSchema", note: "A JSON Schema 2020-12"),
                handler: .call(form)
            ),
            Endpoint(
                method: .post,
                path: "/procedures/{code}/fee-quote",
                id: "quoteFees",
                summary: "What is to be paid for these answers",
                access: .anyone,
                rule: "-",
                samples: ["code": "2.000635"],
                sampleBody: ["answers": ["copies": 3]],
                body: .json("FeeQuestion"),
                answer: Endpoint.Answer(status: 200, schema: "FeeQuote", note: "The lines and their sum"),
                handler: .call(quote)
            ),
        ]
    }

    // MARK: - Handlers

    private func list(_ call: Call) async throws -> Reply {
        let today = call.now.date
        let words = VietnameseText.tidy(call.query["q"]?.text ?? "")
        var facets: [Facet: String] = [:]
        for facet in Facet.allCases { facets[facet] = call.query[facet.rawValue]?.text }
        let question = FindingQuestion(words, facets: facets, limit: .max)
        let findings = services.catalogue.find(question, on: today)
        // A word that no procedure has is no reason to answer with all of them.
        let known = Set(findings.facets.chosenChoices.map(\.facet))
        var found = known.count == facets.count ? findings.listings : []
        if let cursor = call.query["cursor"]?.text {
            guard let last = found.firstIndex(where: { $0.code == cursor }) else {
                throw APIRefusal.parameterWrong(name: "cursor", detail: "Không có trang nào bắt đầu ở đây")
            }
            found.removeFirst(last + 1)
        }
        let page = found.prefix(call.limit)
        let next = found.count > page.count ? page.last?.code : nil
        return Reply(
            body: [
                "items": .array(page.map(Self.summary)), "nextCursor": next.map { .string($0) } ?? .null,
            ]
        )
    }

    private func read(_ call: Call) async throws -> Reply {
        let pack = try await pack(call)
        let agencies = try await services.dossiers.agencies(offering: pack, on: call.now.date)
        guard let listing = services.catalogue.listing(pack.code, on: call.now.date) else {
            throw RequestError.notFound
        }
        var members = Self.summary(listing).members
        var sector: [String: JSONValue] = ["name": .string(pack.sector.name)]
        sector["code"] = pack.sector.code.map { .string($0) }
        members["sector"] = .object(sector)
        members["english"] = pack.english.map(Self.english)
        members["hasForm"] = .bool(pack.form != nil)
        members["subjects"] = .words(pack.subjects.map(\.rawValue))
        members["requirements"] = .words(pack.requirements)
        members["submissionMethods"] = .array(
            pack.submissionMethods.map { method in
                [
                    "channel": .string(method.channel.rawValue),
                    "timeLimit": .integer(Int64(method.timeLimit.value)),
                    "timeLimitUnit": .string(method.timeLimit.unit.rawValue),
                    "description": .string(method.description),
                ]
            }
        )
        members["components"] = .array(pack.components.map(Self.component))
        members["localCodes"] = .words(pack.localCodes)
        members["variants"] = .array(pack.variants.map(Self.variant))
        members["lengthenings"] = .array(pack.lengthenings.map { Self.lengthening($0, of: pack) })
        members["fees"] = .array(
            pack.fees.items.map { item in
                [
                    "id": .string(item.id), "name": .string(item.name), "kind": .string(item.kind.rawValue),
                    "moment": .string(item.moment.rawValue),
                ]
            }
        )
        members["deliveryWays"] = .words(pack.result.deliveryWays.map(\.rawValue))
        members["resultName"] = .string(pack.result.name)
        members["legalBasis"] = .words(pack.legalBasis.map(\.citation))
        members["agencies"] = .array(
            agencies.map { ["code": .string($0.code.text), "name": .string($0.name)] }
        )
        return Reply(body: .object(members))
    }

    private func form(_ call: Call) async throws -> Reply {
        let pack = try await pack(call)
        guard let form = pack.form else { throw RequestError.notFound }
        return Reply(body: FormJSONSchema(form: form, title: pack.name).json)
    }

    private func quote(_ call: Call) async throws -> Reply {
        let (pack, today) = (try await pack(call), call.now.date)
        let answers = AnswerReading.answers(call.json["answers"])
        let context = ValidationContext(today: today, channel: .online, units: services.catalogue.units)
        let canonical = pack.form?.validate(answers, .whole, context).answers ?? answers
        let raw = ConditionContext(answers: canonical, channel: .online, today: today)
        let effective = pack.form?.effectiveAnswers(raw) ?? canonical
        return Reply(body: Self.quote(try pack.fees.quote(effective, channel: .online, on: today)))
    }

    private func pack(_ call: Call) async throws -> ProcedurePack {
        let code = try call.slot("code")
        guard let version = try await services.catalogue.current(code, on: call.now.date) else {
            throw RequestError.notFound
        }
        return version.pack
    }

    // MARK: - Shapes

    static func quote(_ quote: FeeQuote) -> JSONValue {
        let lines = quote.lines.map { line in
            JSONValue.record([
                "name": .string(line.name), "kind": .string(line.kind.rawValue),
                "moment": .string(line.moment.rawValue), "unitPrice": line.unitPrice.map { .integer($0.amount) },
                "count": line.count.map { .integer($0) },
                "amount": line.isSetByCouncil ? nil : .integer(line.amount.amount),
                "isSetByCouncil": .bool(line.isSetByCouncil),
                "exemption": line.exemption.map { .string($0) },
            ])
        }
        return [
            "lines": .array(lines), "total": .integer(quote.total.amount),
            "isComplete": .bool(quote.unknown.isEmpty),
        ]
    }

    /// A help for readers: the Vietnamese text is the one that counts.
    private static func english(_ texts: EnglishTexts) -> JSONValue {
        [
            "name": .string(texts.name), "summary": .string(texts.summary), "isOfficial": .bool(false),
            "components": .array(
                texts.papers.map { ["id": .string($0.component), "name": .string($0.name)] }
            ),
        ]
    }

    private static func summary(_ listing: ProcedureListing) -> JSONValue {
        [
            "code": .string(listing.code), "name": .string(listing.name), "summary": .string(listing.summary),
            "sector": .string(listing.sector.name), "level": .integer(Int64(listing.level?.rawValue ?? 0)),
            "isOnline": .bool(listing.isOnline),
        ]
    }

    private static func variant(_ variant: ProcedureVariant) -> JSONValue {
        .record([
            "id": .string(variant.id), "code": variant.code.map { .string($0) }, "name": .string(variant.name),
            "timeLimit": variant.promise.map { .integer(Int64($0.limit.value)) },
            "timeLimitUnit": variant.promise.map { .string($0.limit.unit.rawValue) },
        ])
    }

    private static func lengthening(_ rule: LimitLengthening, of pack: ProcedurePack) -> JSONValue {
        let (key, limit) =
            switch rule.extent {
            case .by(let more): ("by", more)
            case .upTo(let whole): ("upTo", whole)
            }
        return [
            "id": .string(rule.id), "name": .string(rule.name), "extent": .string(key),
            "timeLimit": .integer(Int64(limit.value)), "timeLimitUnit": .string(limit.unit.rawValue),
            "legalBasis": .string(pack.citation(of: rule)),
        ]
    }

    private static func component(_ component: RequiredComponent) -> JSONValue {
        let requirement =
            switch component.required {
            case .always: component.visibleWhen == nil ? "always" : "conditional"
            case .when: "conditional"
            case .never: "never"
            }
        return [
            "id": .string(component.id), "name": .string(component.name), "requirement": .string(requirement),
            "accepts": .words(component.accepts.map(\.mediaType)),
            "reusableFrom": .words(component.reusableFrom),
        ]
    }
}
