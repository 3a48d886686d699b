// SPDX-License-Identifier: Apache-2.0

import SwiftASN1

/// Small shapes that recur in CMS and RFC 3161.
enum DERShape {
    /// `[number]`, context-specific.
    static func context(_ number: UInt) -> ASN1Identifier {
        ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
    }

    /// The DER of whatever the closure writes; a failure of the serialiser becomes `malformedDER`.
    static func encode(_ body: (inout DER.Serializer) throws -> Void) throws(TrustError) -> [UInt8] {
        var serializer = DER.Serializer()
        do {
            try body(&serializer)
        } catch {
            throw .malformedDER("writing: \(error)")
        }
        return serializer.serializedBytes
    }

    /// The tree of nodes of a DER value, bounded in size (swift-asn1 bounds its depth).
    static func parse(_ bytes: ArraySlice<UInt8>, limit: Int = TrustLimits.cmsBytes) throws(TrustError) -> ASN1Node {
        guard bytes.count <= limit else { throw .tooLarge("DER structure") }
        do {
            return try DER.parse(bytes)
        } catch {
            throw .malformedDER("\(error)")
        }
    }

    /// Reads with swift-asn1's throwing calls and turns their errors into ours.
    static func reading<Value>(_ what: String, _ body: () throws -> Value) throws(TrustError) -> Value {
        do {
            return try body()
        } catch let error as TrustError {
            throw error
        } catch {
            throw .malformedDER("\(what): \(error)")
        }
    }

    /// `SEQUENCE { oid, NULL? }`.
    static func algorithm(
        _ oid: ASN1ObjectIdentifier,
        withNull: Bool,
        into coder: inout DER.Serializer
    ) throws {
        try coder.appendConstructedNode(identifier: .sequence) { coder in
            try coder.serialize(oid)
            if withNull { try coder.serialize(ASN1Null()) }
        }
    }

    /// `SEQUENCE { oid, SET { value } }`, an attribute of CMS.
    static func attribute(
        _ oid: ASN1ObjectIdentifier,
        _ value: (inout DER.Serializer) throws -> Void
    ) throws(TrustError) -> [UInt8] {
        try encode { coder in
            try coder.appendConstructedNode(identifier: .sequence) { coder in
                try coder.serialize(oid)
                try coder.appendConstructedNode(identifier: .set) { coder in try value(&coder) }
            }
        }
    }

    /// `SET OF` in the order that DER demands, under another tag where needed.
    static func sortedSet(
        _ elements: [[UInt8]],
        as identifier: ASN1Identifier = .set
    ) throws(TrustError) -> [UInt8] {
        let sorted = elements.sorted { $0.lexicographicallyPrecedes($1) }
        return try encode { coder in
            coder.appendConstructedNode(identifier: identifier) { coder in
                for element in sorted { coder.serializeRawBytes(element) }
            }
        }
    }

    /// How many bytes the DER value at the beginning takes, header included; the room of a signature ends in zeros.
    static func lengthOfFirstValue(_ bytes: ArraySlice<UInt8>) throws(TrustError) -> Int {
        let start = bytes.startIndex
        guard bytes.count >= 2 else { throw .malformedDER("empty") }
        let short = Int(bytes[start + 1])
        guard short >= 0x80 else { return 2 + short }
        let count = short & 0x7F
        guard (1...4).contains(count), bytes.count >= 2 + count else { throw .malformedDER("length") }
        var length = 0
        for byte in bytes[(start + 2)..<(start + 2 + count)] { length = length << 8 | Int(byte) }
        guard length <= bytes.count - 2 - count else { throw .malformedDER("length") }
        return 2 + count + length
    }
}

extension ASN1Node {
    /// The parts of a constructed value; a typed error for a primitive one.
    func parts(_ what: String) throws(TrustError) -> [ASN1Node] {
        guard case .constructed(let nodes) = content else { throw .malformedDER("\(what): constructed value expected") }
        return Array(nodes)
    }
}
