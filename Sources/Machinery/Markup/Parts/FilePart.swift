// SPDX-License-Identifier: Apache-2.0

import Kernel

/// The choice of files for one paper. The native control keeps its place in the tree under a label of ours, because its
/// own words are in the browser's language.
public struct FilePart: Sendable {
    /// The id of the control.
    public var id: String
    /// The name under which the files are sent.
    public var name: String
    /// The act: "Chọn tệp hoặc chụp ảnh".
    public var label: String
    /// The paper, for those who do not see where the control stands.
    public var paperName: String
    /// What is wrong (`ux.md` §4.4), without "Lỗi: ".
    public var error: String?
    /// True where the words of the error stand above already, under the id that they would have here.
    public var isErrorToldAbove: Bool
    /// The largest file, in bytes; said beside the control.
    public var limitBytes: Int64
    /// The most files for the paper; nil where nobody counts them.
    public var mostFiles: Int?
    /// True when several files make one paper.
    public var takesSeveral: Bool
    /// True when only a PDF makes sense.
    public var takesPDFOnly: Bool
    /// The endings and media types that are offered to choose from.
    public var accept: String
    /// The types as people read them: "PDF, JPG, PNG hoặc HEIC".
    public var typeWords: String

    /// The choice of files for one paper.
    public init(
        id: String,
        name: String? = nil,
        label: String = "Chọn tệp hoặc chụp ảnh",
        paperName: String,
        error: String? = nil,
        isErrorToldAbove: Bool = false,
        limitBytes: Int64 = 25_000_000,
        mostFiles: Int? = nil,
        takesSeveral: Bool = true,
        takesPDFOnly: Bool = false,
        accept: String = Parts.acceptedFileTypes,
        typeWords: String = "PDF, JPG, PNG hoặc HEIC"
    ) {
        self.id = id
        self.name = name ?? id
        self.label = label
        self.paperName = paperName
        self.error = error
        self.isErrorToldAbove = isErrorToldAbove
        self.limitBytes = limitBytes
        self.mostFiles = mostFiles
        self.takesSeveral = takesSeveral
        self.takesPDFOnly = takesPDFOnly
        self.accept = takesPDFOnly ? ".pdf,application/pdf" : accept
        self.typeWords = takesPDFOnly ? "PDF" : typeWords
    }
}

extension Parts {
    /// The kinds of file that a paper may be sent in.
    public static let acceptedFileTypes = ".pdf,.jpg,.jpeg,.png,.heic,application/pdf,image/jpeg,image/png,image/heic"

    /// A PDF shown in its place; where the browser cannot, it says so.
    ///
    /// - Parameters:
    ///   - name: What the document is.
    ///   - href: Its address.
    ///   - downloadLabel: The link offered instead; nil where a link stands beside the viewer already.
    /// - Returns: The viewer.
    public static func pdfViewer(_ name: String, href: String, downloadLabel: String? = nil) -> HTML {
        """
        <object class="viewer"\(data: href) type="application/pdf" aria-label="\(name)">\
        <p>Trình duyệt không mở được PDF tại đây.\(ifLet: downloadLabel, { " \(download($0, href: href))" })</p></object>
        """
    }

    /// A file control with our own words, its limit beside it, and a place for the preview.
    public static func fileInput(_ part: FilePart) -> HTML {
        let told = part.isErrorToldAbove ? nil : part.error
        return """
            <div\(classes: "file", told == nil ? nil : "f-err")>\
            \(ifLet: told, { "<p class=\"err\" id=\"\(part.id)-loi\">Lỗi: \($0)</p>" })
            <input type="file" id="\(part.id)" name="\(part.name)" \
            accept="\(part.accept)"\
            \(flag: "multiple", part.takesSeveral) \
            aria-describedby="\(part.id)-han\(part.error == nil ? "" : " \(part.id)-loi")" \
            data-limit="\(part.limitBytes)"\(attribute: "aria-invalid", part.error == nil ? nil : "true")>\
            <label class="btn btn-2" for="\(part.id)">\(icon(part.takesPDFOnly ? .upload : .camera))\(part.label)<span class="vh"> cho \(part.paperName)</span>\
            </label>
            <p class="hint" id="\(part.id)-han">\(part.typeWords), mỗi tệp không quá \
            \(String(fileSize: part.limitBytes))\(ifLet: part.mostFiles, { "; nhiều nhất \($0) tệp" })</p>
            <ul class="previews" data-previews></ul>
            </div>
            """
    }
}
