// SPDX-License-Identifier: Apache-2.0

import Kernel

extension FieldPart {
    /// A paper among the questions: what has arrived of it, and a box that takes more without leaving the page.
    public struct PaperBox: Sendable {
        /// One file that has arrived.
        public struct File: Sendable {
            /// Its id, which the button that takes it away sends.
            public var id: String
            /// The name that the person gave it.
            public var name: String
            /// Its size in bytes.
            public var sizeBytes: Int64
            /// Where it opens.
            public var openHref: String

            /// One file that has arrived.
            public init(id: String, name: String, sizeBytes: Int64, openHref: String) {
                (self.id, self.name, self.sizeBytes, self.openHref) = (id, name, sizeBytes, openHref)
            }
        }

        /// The pack's id of the paper.
        public var component: String
        /// The files that have arrived.
        public var files: [File]
        /// False when the paper may be left out.
        public var isRequired: Bool
        /// Where the whole form goes with the files; nil where nothing is kept, as in a preview.
        public var uploadAction: String?
        /// The largest file, in bytes.
        public var limitBytes: Int64
        /// The most files of the paper.
        public var mostFiles: Int
        /// The endings and media types that are offered to choose from.
        public var accept: String
        /// The types as people read them: "PDF, JPG, PNG hoặc HEIC".
        public var typeWords: String

        /// A paper among the questions.
        public init(
            component: String,
            files: [File] = [],
            isRequired: Bool = true,
            uploadAction: String? = nil,
            limitBytes: Int64 = 25_000_000,
            mostFiles: Int = 10,
            accept: String = Parts.acceptedFileTypes,
            typeWords: String = "PDF, JPG, PNG hoặc HEIC"
        ) {
            (self.component, self.files, self.isRequired) = (component, files, isRequired)
            (self.uploadAction, self.limitBytes, self.mostFiles) = (uploadAction, limitBytes, mostFiles)
            (self.accept, self.typeWords) = (accept, typeWords)
        }

        /// What stands before the id of the paper in the name of its box. A name that begins so is no answer.
        public static let mark = "_tep."

        /// The name under which its files are sent.
        public var inputName: String { Self.mark + component }

        /// What the button says.
        var act: String { files.isEmpty ? "Chọn tệp hoặc chụp ảnh" : mostFiles == 1 ? "Thay tệp" : "Thêm tệp" }
    }
}

extension Parts {
    /// The files of a paper among the questions and the box for more. Every button is one of the form around it: what
    /// was typed goes with the file, and is kept.
    static func paperBox(_ part: FieldPart, _ paper: FieldPart.PaperBox) -> HTML {
        guard let action = paper.uploadAction else {
            return "<p class=\"mut\">Người nộp tải tệp lên tại đây: \(paper.typeWords).</p>"
        }
        let isFull = paper.files.count >= paper.mostFiles && paper.mostFiles > 1
        let input = FilePart(
            id: part.id,
            name: paper.inputName,
            label: paper.act,
            paperName: part.label,
            error: part.error,
            isErrorToldAbove: true,
            limitBytes: paper.limitBytes,
            mostFiles: paper.mostFiles,
            takesSeveral: paper.mostFiles > 1,
            accept: paper.accept,
            typeWords: paper.typeWords
        )
        return """
            \(if: !paper.files.isEmpty, """
                <ul class="files">\(each: paper.files, { file in
                    """
                    <li><span class="thumb">\(icon(.document))</span>\
                    <p><a\(href: file.openHref) target="_blank" rel="noopener">\(file.name)\
                    <span class="vh"> (mở ở cửa sổ mới)</span></a><br>
                    <small class="mut">\(String(fileSize: file.sizeBytes))</small></p><div class="unit">\
                    \(button("Bỏ", name: "_act", value: "botep:\(file.id)", style: .link, spoken: file.name))</div></li>

                    """
                })</ul>
                """)
            \(if: isFull, "<p class=\"hint\" id=\"\(part.id)\">Đã đủ \(paper.mostFiles) tệp. Bỏ bớt một tệp để tải tệp khác.</p>",
                else: """
                <div data-upload-box>\(fileInput(input))
                <p><button class="\(ButtonStyle.secondary.rawValue)" name="_act" value="tai:\(paper.component)"\
                \(formaction: action) formenctype="multipart/form-data" data-send>\(icon(.upload))Tải lên\
                <span class="vh"> \(part.label)</span></button></p></div>
                """)
            <p>\(button("Lưu và mở trang giấy tờ", name: "_act", value: "tep:\(paper.component)",
                style: .link, spoken: part.label))</p>
            """
    }
}
