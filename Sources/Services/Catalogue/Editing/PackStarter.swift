// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// The pack with which a new procedure begins: everything that procedures share, so that what is left is what makes
/// this one different. Nothing in it is a fact of the law: each source says that it is not known yet.
public enum PackStarter {
    /// What a new procedure is asked for first.
    public struct Facts: Sendable {
        let code: String
        let name: String
        let sectorName: String
        let day: LocalDate
        /// In how many working days the result is due.
        public var limitDays = 5
        /// Through which steps it goes.
        public var chain = StepChain.three
        /// The document that it rests on; nil while nobody knows.
        public var law: String?
        /// What is to be paid; nil for nothing.
        public var fee: Fee?
        /// What the form asks beside who the requester is.
        public var fields: [PackTree] = []

        /// The answers to the first questions.
        public init(code: String, name: String, sectorName: String, day: LocalDate) {
            (self.code, self.name, self.sectorName, self.day) = (code, name, sectorName, day)
        }
    }

    /// A fixed amount, paid before intake.
    public struct Fee: Sendable {
        let kind: FeeKind
        let name: String
        let amount: VND

        /// A fixed amount.
        public init(_ kind: FeeKind, _ name: String, _ amount: VND) {
            (self.kind, self.name, self.amount) = (kind, name, amount)
        }
    }

    /// The name of the template of the result.
    static let templateFile = "result.mustache"

    /// The files of the pack.
    public static func source(_ facts: Facts) -> PackSource {
        let head = PackWriter.document(
            .entries([
                .init("code", .text(facts.code)),
                .init("name", .text(facts.name)),
                .init("summary", .text("\(facts.name.prefix(400)): nộp và nhận kết quả trực tuyến.")),
                .init("sector", .texts([("name", facts.sectorName)])),
            ])
        )
        let result = PackWriter.entry(.init("name", .text("Giấy kết quả: \(facts.name)".limited(300))), indent: 2)
        let skeleton =
            ([
                "# SPDX-License-Identifier: Apache-2.0",
                "# Ngôn ngữ của gói: docs/packs.md.",
                "",
            ] + head).joined(separator: "\n")
            + "\n"
            + body.replacing("VALID_FROM", with: facts.day.description)
            .replacing("RESULT_NAME", with: result.joined(separator: "\n").drop { $0 == " " })
            .replacing("EXAMPLE_DAY", with: facts.day.description)
        let begun = PackManuscript(skeleton)
        // The skeleton can be read, and has these places: a test says so.
        let text = (try? begun.applying(edits(facts))) ?? begun
        return PackSource(
            path: facts.code,
            files: [PackSource.mainFile: text.bytes, templateFile: Array(template.utf8)]
        )
    }

    /// What the first answers change of the skeleton.
    private static func edits(_ facts: Facts) -> [PackEdit] {
        let root = PackPath.root
        var edits: [PackEdit] = []
        if facts.limitDays != 5 {
            for index in 0...1 {
                let method = root.key("submissionMethods").index(index)
                let words = "\(facts.limitDays) ngày làm việc kể từ khi nhận đủ hồ sơ."
                edits.append(.set(method.key("timeLimit").key("value"), .text("\(facts.limitDays)")))
                edits.append(.set(method.key("description"), .text(words)))
            }
        }
        if facts.chain != .three {
            edits.append(.set(root.key("workflow").key("steps"), facts.chain.steps))
            edits.append(.set(root.key("examples").index(0).key("expect").key("path"), facts.chain.path))
        }
        if let law = facts.law { edits.append(.set(root.key("legalBasis").index(0).key("name"), .text(law))) }
        if let fee = facts.fee { edits.append(.set(root.key("fees"), .list([tree(fee, from: facts.day)]))) }
        if !facts.fields.isEmpty {
            let page = PackTree.entries([
                .init("id", .text("request")), .init("title", .text("Nội dung đề nghị")),
                .init("fields", .list(facts.fields)),
            ])
            edits.append(.append(page, to: root.key("form").key("pages")))
        }
        return edits
    }

    private static func tree(_ fee: Fee, from day: LocalDate) -> PackTree {
        let rule = PackTree.entries([
            .init("validFrom", .text(day.description)), .init("fixed", .text("\(fee.amount.amount)")),
            .init("basis", .list([.text("law")])), .init("verified", .text("no")),
        ])
        return .entries([
            .init("id", .text(PackDefaults.identifier(from: fee.name))), .init("name", .text(fee.name)),
            .init("kind", .text(fee.kind.rawValue)), .init("collected", .text(FeeMoment.beforeIntake.rawValue)),
            .init("rules", .list([rule])),
        ])
    }

    /// The source of everything, until somebody names it.
    static let unknown = "Chưa tra được văn bản"
    /// The name of the first document, until somebody names it.
    static let unknownLaw = "Văn bản quy định thủ tục"
    private static let exampleName = "Khai đủ và nộp trực tuyến"

    /// Whether the skeleton's example is the only one, and still says nothing but the way through the steps.
    public static func isOnlyExample(of tree: PackTree) -> Bool {
        let examples = tree["examples"]?.items ?? []
        guard examples.count == 1, examples[0]["name"]?.text == exampleName else { return false }
        return (examples[0]["expect"]?.entries ?? []).allSatisfy { $0.key == "path" }
    }

    private static var information: String {
        InformationItem.allCases.map { "  - { item: \($0.rawValue), source: \(unknown), verified: no }" }
            .joined(separator: "\n")
    }

    private static let body = """
        executingAgencies:
          - { kind: peoplesCommittee, level: commune, name: Ủy ban nhân dân cấp xã }
        validFrom: VALID_FROM

        legalBasis:
          - id: law
            name: \(unknownLaw)
            source: \(unknown)
            verified: no
          - id: publication
            name: Quyết định công bố thủ tục hành chính
            publication: yes
            source: \(unknown)
            verified: no

        information:
        \(information)

        executionSequence:
          - Người dân nộp hồ sơ trực tuyến hoặc tại Bộ phận Một cửa.
          - Cán bộ một cửa kiểm tra hồ sơ. Hồ sơ thiếu thì hướng dẫn bổ sung một lần, đầy đủ; đủ thì tiếp nhận và hẹn ngày trả.
          - Chuyên viên thẩm định, lãnh đạo ký; người dân nhận kết quả theo cách đã chọn.

        submissionMethods:
          - channel: desk
            timeLimit: { value: 5, unit: workingDay }
            description: 5 ngày làm việc kể từ khi nhận đủ hồ sơ.
          - channel: online
            timeLimit: { value: 5, unit: workingDay }
            description: 5 ngày làm việc kể từ khi nhận đủ hồ sơ.

        numberOfSets: 1
        components: []
        subjects: [citizen]

        form:
          minutes: 10
          declaration: Tôi cam đoan những điều khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật.
          pages:
            - id: requester
              title: Người nộp hồ sơ
              fields:
                - id: requesterName
                  type: text
                  label: Họ và tên
                  required: yes
                  maxLength: 100
                  prefill: { from: fullName, locked: yes }
                - id: requesterNationalID
                  type: nationalID
                  label: Số định danh cá nhân
                  required: yes
                  prefill: { from: nationalID, locked: yes }
                - id: requesterPhone
                  type: phone
                  label: Số điện thoại
                  required: yes
                  prefill: { from: phone, locked: no }

        fees: []

        workflow:
          automaticReceive: no
          steps:
            - id: examine
              name: Thẩm định hồ sơ
              role: specialist
              lane: processing
              share: 60
              actions:
                - { action: draftResult }
                - { action: advance, to: review, label: Trình trưởng phòng }
                - { action: requestSupplement }
            - id: review
              name: Kiểm tra dự thảo
              role: unitHead
              lane: processing
              share: 20
              actions:
                - { action: advance, to: sign, label: Trình ký }
                - { action: sendBack, to: examine, label: Trả lại chuyên viên }
            - id: sign
              name: Ký kết quả
              role: leader
              lane: signing
              share: 20
              actions:
                - { action: grant }
                - { action: sendBack, to: review, label: Trả lại }
                - { action: refuse }

        result:
          RESULT_NAME
          kind: confirmation
          template: \(templateFile)
          series: "{seq:2}/{yyyy}"
          deliveryWays: [online, desk]

        notices:
          - { event: submitted, ways: [mail, sms] }
          - { event: received, ways: [mail, sms] }
          - { event: declined, ways: [mail, sms] }
          - { event: supplementRequested, ways: [mail, sms] }
          - { event: decided, ways: [mail, sms] }
          - { event: delivered, ways: [mail] }

        retention:
          years: 5
          source: \(unknown)
          verified: no

        declaredLevel: 3

        examples:
          - name: \(exampleName)
            channel: online
            receivedAt: EXAMPLE_DAYT09:00
            answers:
              requesterName: Nguyễn Thị Sao Mai
              requesterNationalID: 089190000123
              requesterPhone: 0912 345 678
            expect:
              path: [examine, review, sign]

        """

    private static let template = """
        {{! Kết quả. Tên gọi dùng được: docs/packs.md, mục template. }}
        @document[a4]
        @title {{resultName}} số {{number}}
        @author {{agency}}

        {{> parts/letterhead}}
        {{#preview}}
        @p[center small] _Bản xem trước, chưa ký, không có giá trị sử dụng_
        {{/preview}}

        @space[mm=4]
        @h1 {{resultName}}

        @p[justify indent] {{agency}} xác nhận đã giải quyết hồ sơ {{dossierCode}} về việc: {{procedureName}}.

        @definitions[label=34]
        Người nộp hồ sơ: | *{{answers.requesterName}}*
        Số định danh cá nhân: | {{answers.requesterNationalID}}
        @end

        @space[mm=2]
        @columns[widths=40,60]
        @code[mm=28] {{verifyURL}} | Quét mã để kiểm tra bản này
        @next
        @signature[mm=20]
        right title | *{{signerPosition}}*
        right note | (Đã ký số)
        right name | *{{signerName}}*
        @end
        @end

        """
}

extension String {
    /// The text cut to so many characters.
    func limited(_ count: Int) -> String { self.count <= count ? self : prefix(count - 1) + "…" }
}
