// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Testing

@testable import Catalogue

@Suite("The roadmap of levels")
struct RoadmapTests {
    private static func line(
        _ code: String,
        _ level: Int,
        declared: ServiceLevel? = nil,
        target: LevelTarget? = nil,
        use: ServiceUse? = nil
    ) -> RoadmapLine {
        let evidence = LevelEvidence(
            infoItems: level >= 1 ? 11 : 4,
            hasForm: true,
            formsDownloadable: level >= 2,
            eForm: level >= 3,
            attachments: level >= 3,
            dbStored: true,
            processedOnline: true,
            https: true,
            hasFee: true,
            onlinePayment: level >= 4,
            onlineResult: true,
            use: use
        )
        return RoadmapLine(
            code: code,
            name: "Thủ tục \(code)",
            sector: "Hộ tịch",
            declared: declared,
            assessment: LevelAssessment.assess(evidence),
            target: target
        )
    }

    private static func roadmap() throws -> LevelRoadmap {
        func target(_ level: ServiceLevel, _ quarter: String) throws -> LevelTarget {
            LevelTarget(
                level: level,
                quarter: try #require(Quarter(quarter)),
                owner: "Sở Xây dựng",
                obstacles: ["Chưa có \"chữ ký\", con dấu", "=1+1"]
            )
        }
        return LevelRoadmap(
            [
                line("3", 3, target: try target(.four, "2026-Q3"), use: ServiceUse(submitted: 3, submittedOnline: 1)),
                line("1", 4, declared: .four),
                line("2", 2, declared: .four, target: try target(.three, "2026-Q1")),
                line("4", 1, target: try target(.four, "2025-Q4")),
                line("5", 0),
                line("6", 4, target: try target(.four, "2025-Q1")),
            ],
            on: try day("2026-02-01")
        )
    }

    @Test("Sums, projection and what is missing")
    func sums() throws {
        let roadmap = try Self.roadmap()
        #expect(roadmap.lines.map(\.code) == ["1", "2", "3", "4", "5", "6"])
        #expect(roadmap.sums.none == 1)
        #expect(roadmap.sums.byLevel == [1, 1, 1, 2])
        #expect(roadmap.sums.total == 6)
        #expect(roadmap.sums.fourPermille == 333)
        // The overdue plan of "4" is not counted as kept, and "6" has long got there.
        #expect(roadmap.projection.map(\.quarter.description) == ["2026-Q1", "2026-Q3"])
        #expect(roadmap.projection.map(\.sums.byLevel) == [[1, 0, 2, 2], [1, 0, 1, 3]])
        #expect(
            roadmap.missing.map(\.condition) == [.infoItems, .formsDownloadable, .eForm, .attachments, .onlinePayment]
        )
        #expect(roadmap.missing.map(\.count) == [1, 2, 3, 3, 4])
        #expect(roadmap.usedOnline?.used == 1)
        #expect(roadmap.usedOnline?.of == 3)
        #expect(LevelRoadmap([], on: roadmap.day).sums.fourPermille == nil)
        #expect(LevelRoadmap([], on: roadmap.day).usedOnline == nil)
    }

    @Test("Filters")
    func filters() throws {
        let roadmap = try Self.roadmap()
        func codes(_ change: (inout RoadmapFilter) -> Void) -> [String] {
            var filter = RoadmapFilter()
            change(&filter)
            return roadmap.lines(filter).map(\.code)
        }
        #expect(codes { _ in }.count == 6)
        #expect(codes { $0.level = 0 } == ["5"])
        #expect(codes { $0.level = 4 } == ["1", "6"])
        #expect(codes { $0.missing = .eForm } == ["2", "4", "5"])
        #expect(codes { $0.quarter = Quarter("2026-Q3") } == ["3"])
        #expect(codes { $0.state = .alarm } == ["2"])
        #expect(codes { $0.state = .planned } == ["2", "3", "4"])
        #expect(codes { $0.state = .overdue } == ["4"])
        #expect(codes { $0.state = .unplanned } == ["5"])
        #expect(codes { $0.words = "so xay dung" } == ["2", "3", "4", "6"])
        #expect(codes { ($0.words, $0.level) = ("XÂY", 3) } == ["3"])
    }

    @Test("The exported file: one row a service, quotes doubled, no cell a formula")
    func export() throws {
        var filter = RoadmapFilter()
        filter.level = 3
        let text = try Self.roadmap().csv(filter)
        let rows = text.split(separator: "\r\n").map(String.init)
        #expect(rows.count == 2)
        #expect(rows[0].hasPrefix("\u{FEFF}Mã thủ tục,Tên thủ tục"))
        #expect(
            rows[1]
                == "3,Thủ tục 3,Hộ tịch,,3,Một phần,\"Nộp phí, lệ phí trực tuyến\",3,1,4,2026-Q3,Sở Xây dựng,"
                + "\"Chưa có \"\"chữ ký\"\", con dấu; =1+1\""
        )
        #expect(CommaSeparated.text([["=1", "-2", "@x", "a=b"]]) == "\u{FEFF}'=1,'-2,'@x,a=b\r\n")
    }

    @Test("Quarters")
    func quarters() throws {
        for wrong in ["2026-Q5", "2026-Q0", "2026Q1", "26-Q1", "2026-Q12", "2026-1", "", "2026-Q1-", "2026-Q²"] {
            #expect(Quarter(wrong) == nil, "\(wrong)")
        }
        let quarter = try #require(Quarter("2026-Q4"))
        #expect(quarter.vietnamese == "quý IV/2026")
        #expect(Quarter(of: try day("2026-12-31")) == quarter)
        #expect(Quarter(of: try day("2027-01-01")) > quarter)
        #expect(Quarter(of: try day("2026-03-31")).number == 1)
        #expect(Quarter(of: try day("2026-04-01")).number == 2)
        #expect(try JSONDecoder().decode([Quarter].self, from: JSONEncoder().encode([quarter])) == [quarter])
    }

    // MARK: - A ministry of 206 services

    /// How the ministry is made. No record says a level: each says what was found, by the number of the service.
    ///
    /// - All 206 publish the eleven items. Every eighth has no form; forms can be downloaded.
    /// - The ministry's one system has taken in the services whose number leaves 2, 3 or 4 divided by 7: 88 of them.
    ///   Of the others, those of 0 are on paper; 1 have a form online and are worked on paper; 5 take no papers online
    ///   and are worked on paper; 6 run on a portal of their own without HTTPS.
    /// - Two of three ask for a fee. Every fifth has no way to pay online; of every sixth the result is not signed.
    ///
    /// Of the 88, that leaves 27 which lack payment or result, and 61 which lack nothing: 118 + 27 + 61 = 206.
    private static func record(_ number: Int) -> LevelEvidence {
        let rest = number % 7
        let isInOneSystem = [2, 3, 4].contains(rest)
        let hasForm = number % 8 != 7
        return LevelEvidence(
            infoItems: 11,
            hasForm: hasForm,
            formsDownloadable: hasForm,
            eForm: hasForm && rest != 0,
            attachments: rest != 0 && rest != 5,
            dbStored: rest != 0,
            processedOnline: isInOneSystem || rest == 6,
            https: rest != 6,
            hasFee: number % 3 != 0,
            onlinePayment: number % 5 != 0,
            onlineResult: number % 6 != 0,
            resultByPost: number % 2 == 0
        )
    }

    @Test("206 services by rule: 118, 27 and 61 at levels 2, 3 and 4; the file for the command says the same")
    func ministry() throws {
        let bytes = try Data(contentsOf: URL(filePath: "\(Repository.root)/Tests/Fixtures/ministry-206.json"))
        let file = try EvidenceFile(Array(bytes))
        #expect(file.lines.map(\.assessment.evidence) == (0..<206).map(Self.record))
        let roadmap = LevelRoadmap(file.lines, on: try day("2026-03-05"))
        #expect(roadmap.sums.none == 0)
        #expect(roadmap.sums.byLevel == [0, 118, 27, 61])
        #expect(roadmap.sums.total == 206)
    }

    @Test("An evidence file that is not one is refused with where and why")
    func refusals() throws {
        func words(_ text: String) -> String {
            do {
                _ = try EvidenceFile(Array(text.utf8))
                return "read"
            } catch { return "\(error)" }
        }
        let service = """
            {"code":"1","name":"a","infoItems":11,"hasForm":true,"formsDownloadable":true,"eForm":true,\
            "attachments":true,"dbStored":true,"processedOnline":true,"https":true,"hasFee":true,\
            "onlinePayment":true,"onlineResult":true}
            """
        func file(_ services: String...) -> String {
            "{\"agency\":\"B\",\"services\":[\(services.joined(separator: ","))]}"
        }
        func changed(_ old: String, _ new: String) -> String {
            words(file(service.replacingOccurrences(of: old, with: new)))
        }
        #expect(words(file(service)) == "read")
        #expect(words(file(service, service)) == "Tệp chứng cứ có hai dịch vụ cùng mã 1.")
        #expect(changed("\"https\":true,", "").contains("thiếu “https”"))
        #expect(changed("\"https\":true", "\"https\":1").contains("services[0].https: sai kiểu"))
        #expect(changed("\"https\"", "\"level\":4,\"https\"").contains("không có khóa “level”"))
        #expect(changed("\"infoItems\":11", "\"infoItems\":12").contains("infoItems phải từ 0 đến 11"))
        let target = "\"target\":{\"level\":4,\"quarter\":\"2026\",\"owner\":\"A\",\"obstacles\":[]},\"https\""
        #expect(changed("\"https\"", target).contains("target.quarter"))
        let use = """
            "use":{"submitted":1,"submittedOnline":2,"settled":0,"settledOnline":0,"delivered":0,\
            "deliveredOnline":0},"https"
            """
        #expect(changed("\"https\"", use).contains("phần không lớn hơn tổng"))
        #expect(words("[]").hasPrefix("Tệp chứng cứ không đúng dạng"))
        #expect(words("x").hasPrefix("Tệp chứng cứ không đúng dạng"))
    }
}
