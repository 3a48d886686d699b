// SPDX-License-Identifier: Apache-2.0

public import Hummingbird
import NIOCore
public import Storage
public import Web

extension Response {
    /// A file of the store, piece by piece, so that its size costs no memory.
    public static func stored(
        _ reader: FileReader,
        type: ServedType,
        name: String,
        disposition: FileDisposition
    ) -> Response {
        let body = ResponseBody(contentLength: Int(reader.size)) { writer in
            while let piece = try await reader.next() { try await writer.write(ByteBuffer(bytes: piece)) }
            try await writer.finish(nil)
        }
        return .file(body, type: type, name: name, disposition: disposition)
    }

    /// A PDF that was just drawn.
    public static func pdf(_ bytes: [UInt8], name: String, disposition: FileDisposition = .inline) -> Response {
        .file(ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)), type: .pdf, name: name, disposition: disposition)
    }
}
