// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Kernel
import Testing

/// A small sound pack from which tests make broken ones.
enum SamplePack {
    static let code = "9.000001"

    static let yaml = """
        code: 9.000001
        name: Cấp giấy thử nghiệm
        summary: Xin một tờ giấy để thử.
        keywords: [giấy thử]
        sector: { code: G00-TN01, name: Thử nghiệm }
        executingAgencies:
          - { kind: peoplesCommittee, level: commune, name: Ủy ban nhân dân cấp xã }
        validFrom: 2025-07-01
        legalBasis:
          - { id: law, number: 01/2025/QH15, name: Luật Thử nghiệm, source: vbpl.vn, verified: yes }
          - { id: publication, number: 1/QĐ, name: Quyết định công bố, publication: yes, source: vbpl.vn, verified: yes }
        information:
          - { item: name, source: nguồn, verified: yes }
          - { item: executionSequence, source: nguồn, verified: yes }
          - { item: submissionMethods, source: nguồn, verified: yes }
          - { item: components, source: nguồn, verified: yes }
          - { item: timeLimit, source: nguồn, verified: yes }
          - { item: subjects, source: nguồn, verified: yes }
          - { item: agencies, source: nguồn, verified: yes }
          - { item: result, source: nguồn, verified: yes }
          - { item: formsRequirementsFees, source: nguồn, verified: yes }
          - { item: channels, source: nguồn, verified: yes }
          - { item: legalBasis, source: nguồn, verified: yes }
        executionSequence: [Nộp rồi nhận.]
        submissionMethods:
          - channel: online
            timeLimit: { value: 3, unit: workingDay }
            description: Ba ngày làm việc.
          - channel: desk
            timeLimit: { value: 3, unit: workingDay }
            description: Ba ngày làm việc.
        numberOfSets: 1
        components:
          - id: proof
            name: Giấy chứng minh
            copies: { original: 1, electronic: 1 }
            required: no
            requiredWhen: { field: purpose, equals: work }
        subjects: [citizen]
        form:
          minutes: 2
          declaration: Tôi cam đoan những điều trên là đúng.
          pages:
            - id: asked
              title: Nội dung
              fields:
                - id: fullName
                  type: text
                  label: Tên gọi
                  required: yes
                - id: purpose
                  type: choice
                  label: Mục đích
                  required: yes
                  options:
                    - { value: work, label: Đi làm }
                    - { value: study, label: Đi học }
                - id: school
                  type: text
                  label: Tên trường
                  required: yes
                  visibleWhen: { field: purpose, equals: study }
                - id: startDate
                  type: date
                  label: Ngày bắt đầu
                  required: no
                - id: copies
                  type: number
                  label: Số bản
                  required: yes
                  minimum: 1
                  maximum: 10
        fees:
          - id: paperFee
            name: Phí cấp giấy
            kind: fee
            collected: beforeIntake
            rules:
              - validFrom: 2025-01-01
                validTo: 2026-06-30
                perUnit: { price: 5000, field: copies }
                basis: [law]
                verified: yes
              - validFrom: 2026-07-01
                channels: [online]
                free: yes
                basis: [law]
                verified: yes
              - validFrom: 2026-07-01
                channels: [desk]
                fixed: 7000
                basis: [law]
                verified: yes
            exemptions:
              - id: pupil
                name: Học sinh
                when: { field: purpose, equals: study }
                percent: 50
                basis: [law]
                verified: yes
        workflow:
          automaticReceive: no
          steps:
            - id: examine
              name: Thẩm định
              role: specialist
              lane: processing
              share: 60
              actions:
                - { action: draftResult }
                - { action: advance, to: sign }
            - id: sign
              name: Ký
              role: leader
              lane: signing
              share: 40
              actions:
                - { action: grant }
                - { action: sendBack, to: examine }
        result:
          name: Giấy thử nghiệm
          kind: confirmation
          template: result.mustache
          series: "{seq:2}/{yyyy}/TN"
          deliveryWays: [online, desk]
          fields:
            - { id: remark, type: text, label: Ghi chú, required: no }
        notices:
          - { event: received, ways: [mail] }
        retention: { years: 5, source: nguồn, verified: yes }
        declaredLevel: 4
        examples:
          - name: Đi làm
            channel: online
            receivedAt: 2026-03-05T09:30
            answers: { fullName: An, purpose: work, copies: 2 }
            expect: { fee: 10000, components: [proof], dueAt: 2026-03-10T17:00, path: [examine, sign] }
          - name: Đi học
            channel: desk
            receivedAt: 2026-08-03T09:30
            answers: { fullName: An, purpose: study, school: THCS, copies: 1 }
            expect: { fee: 3500, components: [] }

        """

    static let template = """
        @document[a4]
        @title {{resultName}} {{number}}
        @h1 GIẤY THỬ NGHIỆM
        @p {{answers.fullName}} {{#result.remark}}({{result.remark}}){{/result.remark}}
        """

    /// The pack with one text put in place of another; the test fails when that text is not there.
    static func source(
        replacing old: String = "",
        with new: String = "",
        template: String? = template,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> PackSource {
        #expect(old.isEmpty || yaml.contains(old), "the sample has no “\(old)”", sourceLocation: sourceLocation)
        let text = old.isEmpty ? yaml : yaml.replacingOccurrences(of: old, with: new)
        var files = [PackSource.mainFile: Array(text.utf8)]
        files["result.mustache"] = template.map { Array($0.utf8) }
        return PackSource(path: code, files: files)
    }

    /// The sound pack.
    static func pack(replacing old: String = "", with new: String = "") throws -> ProcedurePack {
        let checked = PackChecker().check(source(replacing: old, with: new))
        try #require(checked.isSound, "\(checked.findings)")
        return try #require(checked.pack)
    }
}

/// The folders of the repository.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    static func pack(_ code: String) -> PackSource { PackSource.pack(atPath: "\(root)/procedures/\(code)") }
}

/// A day in a test.
func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }
