// SPDX-License-Identifier: Apache-2.0

import Kernel
import Testing

/// Vectors of standards.md §10 and ux.md §4.2.
@Suite struct PersonalNumberTests {
    @Test func `a personal ID tells century, year and sex`() throws {
        let man = try #require(NationalID("087090000123"))
        #expect(man.isMale)
        #expect(man.birthYear == 1990)
        let woman = try #require(NationalID("089 303 000.123"))
        #expect(woman.digits == "089303000123")
        #expect(!woman.isMale)
        #expect(woman.birthYear == 2003)
    }

    @Test(arguments: [
        ("089090000123", 1990, true), ("089185000123", 1985, false), ("089200000123", 2000, true),
        ("089399000123", 2099, false), ("089405000123", 2105, true),
    ])
    func `every century`(_ digits: String, _ year: Int, _ isMale: Bool) throws {
        let number = try #require(NationalID(digits))
        #expect(number.birthYear == year)
        #expect(number.isMale == isMale)
    }

    @Test(arguments: ["", "123456789", "08909000012", "0890900001234", "08909000012a", "089090000 12", "+84090000123"])
    func `what is no personal ID`(_ text: String) {
        #expect(NationalID(text) == nil)
    }

    @Test func `a personal ID is shown in groups, or masked`() throws {
        let number = try #require(NationalID("089-190-000-123"))
        #expect(number.grouped == "089 190 000 123")
        #expect(number.masked == "••• ••• ••• 123")
        #expect("\(number)" == number.masked)
    }

    @Test(arguments: ["0100109106", "0101243150", "0300588569", "0100109106-001", "0100 109 106"])
    func `tax codes with a right check digit`(_ text: String) {
        #expect(TaxCode(text) != nil)
    }

    @Test(arguments: [
        "1400103064", "0100109105", "010010910", "01001091066", "0100109106-000", "0100109106-01", "0100109106-1234",
        "010010910x", "", "-001",
    ])
    func `tax codes that are wrong`(_ text: String) {
        #expect(TaxCode(text) == nil)
    }

    @Test(arguments: [
        ("0912345678", "0912345678"), ("+84912345678", "0912345678"), ("84912345678", "0912345678"),
        ("+84 912 345 678", "0912345678"), ("0912.345.678", "0912345678"), ("(0912) 345-678", "0912345678"),
        ("0328765432", "0328765432"), ("0528765432", "0528765432"), ("0728765432", "0728765432"),
        ("0828765432", "0828765432"), ("02963852000", "02963852000"), ("+842963852000", "02963852000"),
    ])
    func `telephone numbers`(_ text: String, _ national: String) {
        #expect(PhoneNumber(text)?.national == national)
    }

    @Test(arguments: [
        "", "0112345678", "0212345678", "0612345678", "01212345678", "091234567", "09123456789", "1022", "19001234",
        "+85912345678", "0912a45678",
    ])
    func `what is no telephone number of a person`(_ text: String) {
        #expect(PhoneNumber(text) == nil)
    }

    @Test func `forms of a telephone number`() throws {
        let mobile = try #require(PhoneNumber("0912345678"))
        #expect(mobile.e164 == "+84912345678")
        #expect(mobile.grouped == "0912 345 678")
        #expect(mobile.masked == "•••• ••• 678")
        #expect("\(mobile)" == mobile.masked)
        #expect(PhoneNumber(mobile.e164) == mobile)
    }
}
