// SPDX-License-Identifier: Apache-2.0

import CQPDF
import Foundation

/// libqpdf behind one function: can the file be opened, how many pages has it, would it do something by itself.
struct PDFInspection {
    let limits: UploadLimits

    /// - Throws: `passwordProtected`, `broken`, `activeContent`, `embeddedFile`, `tooManyPages`.
    func pageCount(_ bytes: Data) throws(UploadError) -> Int {
        // A file that was cut off may still be put together again by guessing; its end marker tells.
        guard bytes.suffix(2048).range(of: Data("%%EOF".utf8)) != nil else { throw .broken(.pdf) }
        let outcome = unsafe bytes.withUnsafeBytes { buffer -> Result<Int, UploadError> in
            guard let start = unsafe buffer.bindMemory(to: CChar.self).baseAddress else { return .failure(.empty) }
            return Result { () throws(UploadError) in
                try unsafe inspect(start, count: buffer.count)
            }
        }
        return try outcome.get()
    }

    private func inspect(_ start: UnsafePointer<CChar>, count: Int) throws(UploadError) -> Int {
        var document = unsafe qpdf_init()
        defer { unsafe qpdf_cleanup(&document) }
        guard let open = unsafe document else { throw .unreadable }
        unsafe qpdf_silence_errors(open)
        unsafe qpdf_set_suppress_warnings(open, QPDF_TRUE)
        // An empty password opens a file that merely forbids printing.
        _ = unsafe qpdf_read_memory(open, "upload", start, UInt64(count), "")
        try unsafe refuseError(open)
        let pages = unsafe Int(qpdf_get_num_pages(open))
        try unsafe refuseError(open)
        guard pages > 0 else { throw .broken(.pdf) }
        guard pages <= limits.pages else { throw .tooManyPages(limit: limits.pages) }
        var search = unsafe ActiveContentSearch(document: open, limit: limits.pdfObjects)
        try search.run()
        try unsafe refuseError(open)
        return pages
    }

    private func refuseError(_ document: qpdf_data) throws(UploadError) {
        guard unsafe qpdf_has_error(document) == QPDF_TRUE else { return }
        let error = unsafe qpdf_get_error(document)
        throw unsafe qpdf_get_error_code(document, error) == qpdf_e_password ? .passwordProtected : .broken(.pdf)
    }
}

/// Walks every object that the document reaches and looks for what runs when it is opened (ISO 32000-1, 12.6.4).
@safe private struct ActiveContentSearch {
    private let document: qpdf_data
    private let limit: Int
    private var seen: Set<Int64> = []
    private var waiting: [qpdf_oh] = []
    private var visited = 0
    private var leaves = 0
    /// Numbers, names and strings in arrays: a font's table has thousands; each costs about 100 ns.
    private static let leafLimit = 5_000_000

    /// Actions that start programs or scripts, or that send or fetch data.
    private static let actions: Set<String> = [
        "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/GoToE", "/RichMediaExecute",
    ]
    /// Keys that hold scripts or forms with scripts.
    private static let keys: Set<String> = ["/JS", "/JavaScript", "/XFA", "/RichMediaContent"]
    /// The key under which a file specification holds the file itself.
    private static let embedded = "/EF"

    init(document: qpdf_data, limit: Int) {
        unsafe self.document = document
        self.limit = limit
    }

    /// - Throws: `activeContent`, `embeddedFile`; `broken` when the document is larger than any paper.
    mutating func run() throws(UploadError) {
        unsafe waiting = [qpdf_get_trailer(document)]
        while let next = waiting.popLast() {
            try visit(next)
        }
    }

    private mutating func visit(_ object: qpdf_oh) throws(UploadError) {
        defer { unsafe qpdf_oh_release(document, object) }
        visited += 1
        guard visited <= limit else { throw .broken(.pdf) }
        if unsafe qpdf_oh_is_indirect(document, object) == QPDF_TRUE {
            let number = unsafe Int64(qpdf_oh_get_object_id(document, object))
            let generation = unsafe Int64(qpdf_oh_get_generation(document, object))
            guard seen.insert(number << 20 | generation).inserted else { return }
        }
        switch unsafe qpdf_oh_get_type_code(document, object) {
        case ot_array:
            let count = unsafe max(0, Int(qpdf_oh_get_array_n_items(document, object)))
            leaves += count
            guard leaves <= Self.leafLimit else { throw .broken(.pdf) }
            for index in 0..<count {
                unsafe push(qpdf_oh_get_array_item(document, object, Int32(index)))
            }
        case ot_dictionary: try visitDictionary(object)
        case ot_stream:
            let dictionary = unsafe qpdf_oh_get_dict(document, object)
            defer { unsafe qpdf_oh_release(document, dictionary) }
            try visitDictionary(dictionary)
        default: return
        }
    }

    private mutating func visitDictionary(_ dictionary: qpdf_oh) throws(UploadError) {
        var keys: [String] = []
        unsafe qpdf_oh_begin_dict_key_iter(document, dictionary)
        while unsafe qpdf_oh_dict_more_keys(document) == QPDF_TRUE {
            guard let key = unsafe qpdf_oh_dict_next_key(document) else { break }
            unsafe keys.append(String(cString: key))
        }
        for key in keys {
            guard !Self.keys.contains(key) else { throw .activeContent }
            let value = unsafe qpdf_oh_get_key(document, dictionary, key)
            if key == "/S", unsafe qpdf_oh_is_name(document, value) == QPDF_TRUE,
                let name = unsafe qpdf_oh_get_name(document, value), unsafe Self.actions.contains(String(cString: name))
            {
                unsafe qpdf_oh_release(document, value)
                throw .activeContent
            }
            if key == Self.embedded, unsafe qpdf_oh_is_dictionary(document, value) == QPDF_TRUE {
                unsafe qpdf_oh_release(document, value)
                throw .embeddedFile
            }
            push(value)
        }
    }

    /// Numbers, names and strings lead nowhere.
    private mutating func push(_ object: qpdf_oh) {
        switch unsafe qpdf_oh_get_type_code(document, object) {
        case ot_array, ot_dictionary, ot_stream: waiting.append(object)
        default: unsafe qpdf_oh_release(document, object)
        }
    }
}
