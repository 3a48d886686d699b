// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Looks at a port before anything else is started, so that a busy one is told in words.
enum FreePort {
    /// The port itself, or a free one for 0.
    ///
    /// - Throws: `SettingsError` naming the variable when the port is taken or the address is not of this machine.
    static func check(_ port: Int, on host: String, variable: String) throws -> Int {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard handle >= 0 else { throw SettingsError(description: "Không mở được kết nối mạng.") }
        defer { close(handle) }
        var reuse: Int32 = 1
        unsafe setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = unsafe inet_addr(host == "0.0.0.0" || host == "localhost" ? "127.0.0.1" : host)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(handle, $0, size) == 0 }
        }
        guard isBound else {
            throw SettingsError(
                description: "Cổng \(port) đang có chương trình khác dùng. Dừng chương trình đó, "
                    + "hoặc đặt \(variable) thành cổng khác (0 = cổng trống bất kỳ)."
            )
        }
        var length = size
        let isKnown = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(handle, $0, &length) == 0
            }
        }
        return isKnown ? Int(UInt16(bigEndian: address.sin_port)) : port
    }
}
