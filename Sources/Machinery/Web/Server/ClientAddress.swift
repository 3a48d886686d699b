// SPDX-License-Identifier: Apache-2.0

/// An IP address as bytes: 4 for IPv4 (also when written inside IPv6), 16 for IPv6.
public struct ClientAddress: Sendable, Hashable, CustomStringConvertible {
    /// The bytes in network order.
    public let bytes: [UInt8]

    /// Reads `192.0.2.1`, `2001:db8::1`, `::ffff:192.0.2.1`, also in brackets; nil for anything else.
    public init?(_ text: some StringProtocol) {
        var plain = text[...]
        if plain.hasPrefix("["), plain.hasSuffix("]") { plain = plain.dropFirst().dropLast() }
        guard plain.utf8.count <= 45 else { return nil }
        if let four = Self.four(plain) {
            bytes = four
        } else if let sixteen = Self.sixteen(plain) {
            let isMapped = sixteen.prefix(10).allSatisfy { $0 == 0 } && sixteen[10] == 0xFF && sixteen[11] == 0xFF
            bytes = isMapped ? Array(sixteen.suffix(4)) : sixteen
        } else {
            return nil
        }
    }

    /// The usual text form; IPv6 without shortening.
    public var description: String {
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2)
            .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
            .joined(separator: ":")
    }

    /// Whether it is an address of the machine itself.
    public var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
    }

    /// What a limit counts together: the address itself, or the /64 network of an IPv6 subscriber.
    public var limitKey: String { bytes.count == 4 ? description : ClientNetwork(address: self, bits: 64).description }

    private static func four(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), part.count <= 3, let value = UInt8(part) else {
                return nil
            }
            bytes.append(value)
        }
        return bytes
    }

    private static func sixteen(_ text: some StringProtocol) -> [UInt8]? {
        let text = String(text)
        guard text.contains(":") else { return nil }
        let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return nil }
        var groups: [[UInt8]] = []
        for half in halves {
            guard let bytes = groupBytes(half) else { return nil }
            groups.append(bytes)
        }
        if groups.count == 1 { return groups[0].count == 16 ? groups[0] : nil }
        let missing = 16 - groups[0].count - groups[1].count
        guard missing >= 2 else { return nil }
        return groups[0] + [UInt8](repeating: 0, count: missing) + groups[1]
    }

    private static func groupBytes(_ text: Substring) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains("."), let tail = four(part) {
                bytes += tail
            } else {
                guard (1...4).contains(part.count), part.allSatisfy(\.isHexDigit), let value = UInt16(part, radix: 16)
                else { return nil }
                bytes += [UInt8(value >> 8), UInt8(value & 0xFF)]
            }
        }
        return bytes
    }
}

/// A network such as `10.0.0.0/8`: who may tell us a client's address, or who may open an internal page.
public struct ClientNetwork: Sendable, Hashable, CustomStringConvertible {
    private let prefix: [UInt8]
    private let bits: Int

    /// Reads an address with or without a prefix length; nil for anything else.
    public init?(_ text: String) {
        let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = ClientAddress(halves[0]) else { return nil }
        let whole = address.bytes.count * 8
        let length = halves.count == 1 ? whole : Int(halves[1]) ?? -1
        guard (0...whole).contains(length) else { return nil }
        self.init(address: address, bits: length)
    }

    init(address: ClientAddress, bits: Int) {
        self.bits = bits
        prefix = address.bytes.enumerated().map { index, byte in
            let kept = min(max(bits - index * 8, 0), 8)
            return byte & UInt8(truncatingIfNeeded: 0xFF00 >> kept)
        }
    }

    /// Whether the address lies in the network.
    public func contains(_ address: ClientAddress) -> Bool {
        address.bytes.count == prefix.count && ClientNetwork(address: address, bits: bits).prefix == prefix
    }

    public var description: String {
        if prefix.count == 4 { return prefix.map(String.init).joined(separator: ".") + "/\(bits)" }
        let groups = stride(from: 0, to: 16, by: 2).map {
            String(UInt16(prefix[$0]) << 8 | UInt16(prefix[$0 + 1]), radix: 16)
        }
        return groups.joined(separator: ":") + "/\(bits)"
    }
}

/// The proxies whose word about the client's address is believed. Empty: nobody's, the peer is the client.
public struct TrustedProxies: Sendable {
    /// Networks of our own balancers.
    public var networks: [ClientNetwork]

    public init(_ networks: [ClientNetwork] = []) { self.networks = networks }

    /// The client of a request: from the right of `X-Forwarded-For`, the first address that is none of ours.
    ///
    /// - Parameters:
    ///   - peer: Who opened the connection; nil when there is none (tests without a socket).
    ///   - forwardedFor: All values of the header, in order.
    /// - Returns: The client; nil when the peer is unknown.
    public func client(peer: ClientAddress?, forwardedFor: [String]) -> ClientAddress? {
        guard let peer, isTrusted(peer) else { return peer }
        var client = peer
        // 20: more hops than any balancer chain has; a longer header is somebody's toy.
        let claimed = forwardedFor.joined(separator: ",").split(separator: ",").suffix(20)
        for text in claimed.reversed() {
            guard let address = ClientAddress(text.filter { $0 != " " && $0 != "\t" }) else { return client }
            client = address
            if !isTrusted(address) { return address }
        }
        return client
    }

    private func isTrusted(_ address: ClientAddress) -> Bool { networks.contains { $0.contains(address) } }
}
