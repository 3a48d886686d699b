// SPDX-License-Identifier: Apache-2.0

import Dossiers
import Foundation
import Identity
import Kernel
import Markup
import Organisation

/// Everything that is kept about a person, as she is given it: for programs as JSON, for herself as a page.
struct DataExport: Codable, Sendable {
    struct Person: Codable, Sendable {
        var fullName: String
        var nationalID: String
        var birthDate: LocalDate?
        var sex: String?
        var address: String?
        var phone: String?
        var email: String?
        var accountCreatedAt: Instant
    }

    struct Line: Codable, Sendable {
        var label: String
        var value: String
    }

    struct Event: Codable, Sendable {
        var at: Instant
        var what: String
        var note: String?
    }

    struct ExportedFile: Codable, Sendable {
        var name: String
        var sha256: String
        var bytes: Int64
    }

    struct ExportedDossier: Codable, Sendable {
        var code: String
        var procedure: String
        var agency: String
        var status: String
        var legalBasis: String
        var keptUntil: String
        var answers: [Line]
        var files: [ExportedFile]
        var events: [Event]
    }

    struct Access: Codable, Sendable {
        var at: Instant
        var who: String
        var dossier: String?
        var part: String
        var purpose: String
        var words: String?
    }

    struct Authority: Codable, Sendable {
        var name: String
        var number: String
        var validFrom: LocalDate
        var validTo: LocalDate
        var paper: ExportedFile
        var statedAt: Instant
        var revokedAt: Instant?
    }

    struct Request: Codable, Sendable {
        var filedAt: Instant
        var kind: String
        var words: String
        var state: String
        var answer: String?
    }

    var madeAt: Instant
    var person: Person
    var drafts: [String]
    var dossiers: [ExportedDossier]
    var accesses: [Access]
    var requests: [Request]
    var authorities: [Authority]

    /// `du-lieu.json` and `du-lieu.html` in one archive.
    func archive() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var zip = ZipArchive(at: madeAt)
        zip.add("du-lieu.json", Array(try encoder.encode(self)))
        zip.add("du-lieu.html", page.utf8)
        return zip.bytes
    }

    /// A page that needs nothing but a browser.
    var page: HTML {
        """
        <!doctype html>
        <html lang="vi"><head><meta charset="utf-8"><title>Dữ liệu cá nhân của \(person.fullName)</title></head><body>
        <h1>Dữ liệu cá nhân của \(person.fullName)</h1>
        <p>Lập lúc \(madeAt.vietnamese). Cơ sở xử lý: giải quyết thủ tục hành chính theo luật.</p>
        <h2>Tài khoản</h2>
        <dl>\(each: personLines, Self.line)</dl>
        <h2>Bản nháp (\(drafts.count))</h2>
        <ul>\(each: drafts, { "<li>\($0)</li>" })</ul>
        <h2>Hồ sơ (\(dossiers.count))</h2>
        \(each: dossiers, Self.dossier)
        <h2>Ai đã xem (\(accesses.count) lần gần nhất)</h2>
        <ol>\(each: accesses, { access in
            """
            <li>\(access.at.vietnamese): \(access.who) · \(access.dossier ?? "–") · \(access.part) · \(access.purpose)\
            \(ifLet: access.words, { " (\($0))" })</li>

            """
        })</ol>
        <h2>Giấy tờ làm thay đã khai (\(authorities.count))</h2>
        <ul>\(each: authorities, { one in
            """
            <li>\(one.name), \(one.number), từ \(one.validFrom.vietnamese) đến \(one.validTo.vietnamese), khai lúc \
            \(one.statedAt.vietnamese)\(ifLet: one.revokedAt, { ", thu hồi lúc \($0.vietnamese)" }). Tệp \(one.paper.name), \
            SHA-256 \(one.paper.sha256)</li>

            """
        })</ul>
        <h2>Yêu cầu đã gửi (\(requests.count))</h2>
        <ul>\(each: requests, { request in
            """
            <li>\(request.filedAt.vietnamese): \(request.kind). \(request.words) – \(request.state)\
            \(ifLet: request.answer, { ": \($0)" })</li>

            """
        })</ul>
        </body></html>

        """
    }

    private var personLines: [Line] {
        [
            ("Họ và tên", person.fullName), ("Số định danh", person.nationalID),
            ("Ngày sinh", person.birthDate?.vietnamese), ("Giới tính", person.sex), ("Địa chỉ", person.address),
            ("Điện thoại", person.phone), ("Thư điện tử", person.email),
            ("Tài khoản tạo lúc", person.accountCreatedAt.vietnamese),
        ].compactMap { label, value in value.map { Line(label: label, value: $0) } }
    }

    private static func line(_ line: Line) -> HTML { "<dt>\(line.label)</dt><dd>\(line.value)</dd>" }

    private static func dossier(_ dossier: ExportedDossier) -> HTML {
        """
        <h3>\(dossier.code): \(dossier.procedure)</h3>
        <p>\(dossier.agency). \(dossier.status). \(dossier.legalBasis) \(dossier.keptUntil)</p>
        <dl>\(each: dossier.answers, line)</dl>
        <p>Tệp đã nộp, tải ở trang của hồ sơ:</p>
        <ul>\(each: dossier.files, { "<li>\($0.name), \($0.bytes) byte, SHA-256 \($0.sha256)</li>" })</ul>
        <ol>\(each: dossier.events, { event in
            "<li>\(event.at.vietnamese): \(event.what)\(ifLet: event.note, { " – \($0)" })</li>"
        })</ol>

        """
    }
}
