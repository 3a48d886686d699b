// SPDX-License-Identifier: Apache-2.0

public import Catalogue
import Kernel
public import Markup

/// The fields by which the forms of the papers name a paper and a file.
enum PaperField {
    static let paper = "giay"
    static let file = "tep"
}

/// The files of one paper: what has arrived, what is on its way, and how more are added. It is the same in a draft and
/// in an answer to a request for supplement.
public struct PaperFiles: Sendable {
    /// One file that has arrived.
    public struct FileLine: Sendable {
        /// The name that the person gave it.
        public var name: String
        /// Its size in bytes.
        public var sizeBytes: Int64
        /// Pages of a PDF; nil for a picture.
        public var pageCount: Int?
        /// A small picture of it; nil without.
        public var thumbnailHref: String?
        /// Where it opens.
        public var openHref: String
        /// Where it is taken away, by POST.
        public var removeAction: String
        /// Where it goes one place up, by POST; nil where the order says nothing.
        public var raiseAction: String?

        /// One file that has arrived.
        public init(
            name: String,
            sizeBytes: Int64,
            pageCount: Int? = nil,
            thumbnailHref: String? = nil,
            openHref: String,
            removeAction: String,
            raiseAction: String? = nil
        ) {
            self.name = name
            self.sizeBytes = sizeBytes
            self.pageCount = pageCount
            self.thumbnailHref = thumbnailHref
            self.openHref = openHref
            self.removeAction = removeAction
            self.raiseAction = raiseAction
        }
    }

    /// A file of which a part has arrived.
    public struct Unfinished: Sendable {
        /// The name that the person gave it.
        public var name: String
        /// Bytes that have arrived.
        public var arrivedBytes: Int64
        /// Bytes of the whole.
        public var lengthBytes: Int64
        /// The digest that was announced, by which the script knows the file again; nil without.
        public var digest: String?
        /// Where the script goes on.
        public var action: String
        /// Where it is thrown away, by POST.
        public var removeAction: String

        /// A file of which a part has arrived.
        public init(
            name: String,
            arrivedBytes: Int64,
            lengthBytes: Int64,
            digest: String? = nil,
            action: String,
            removeAction: String
        ) {
            self.name = name
            self.arrivedBytes = arrivedBytes
            self.lengthBytes = lengthBytes
            self.digest = digest
            self.action = action
            self.removeAction = removeAction
        }
    }

    /// Files of other papers that may stand for this one too.
    public struct Reuse: Sendable {
        /// The id and the name of each file.
        public var files: [FieldPart.Choice]
        /// Where one is taken, by POST.
        public var action: String

        /// Files of other papers that may stand for this one too.
        public init(
            files: [FieldPart.Choice],
            action: String
        ) {
            self.files = files
            self.action = action
        }
    }

    /// The pack's id of the component; the name under which files are sent.
    public var id: String
    /// The name of the paper.
    public var name: String
    /// The files that have arrived.
    public var files: [FileLine]
    /// Those that have not arrived whole.
    public var unfinished: [Unfinished]
    /// What is wrong (`ux.md` §4.4); nil when nothing is.
    public var error: String?
    /// The largest file, in bytes.
    public var limitBytes: Int64
    /// The most files that the pack takes for the paper.
    public var mostFiles: Int
    /// Where files are sent with the form.
    public var uploadAction: String
    /// Where the script begins an upload that goes on after a cut.
    public var resumeAction: String
    /// The types of file that the pack takes for the paper.
    public var accepts: [FileType]
    /// Where its photos are joined to one PDF, by POST; nil with fewer than two.
    public var joinAction: String?
    /// Files that were uploaded for other papers; nil without.
    public var reuse: Reuse?
    /// Results that the person holds and that may stand for the paper; nil without.
    public var held: Reuse?

    /// The files of one paper.
    public init(
        id: String,
        name: String,
        files: [FileLine],
        unfinished: [Unfinished] = [],
        error: String? = nil,
        limitBytes: Int64,
        mostFiles: Int = 10,
        uploadAction: String,
        resumeAction: String,
        accepts: [FileType] = FileType.allCases,
        joinAction: String? = nil,
        reuse: Reuse? = nil,
        held: Reuse? = nil
    ) {
        self.id = id
        self.name = name
        self.files = files
        self.unfinished = unfinished
        self.error = error
        self.limitBytes = limitBytes
        self.mostFiles = mostFiles
        self.uploadAction = uploadAction
        self.resumeAction = resumeAction
        self.accepts = accepts
        self.joinAction = joinAction
        (self.reuse, self.held) = (reuse, held)
    }
}

// MARK: - Drawing

extension PaperFiles {
    /// The lists and the forms.
    func html(in frame: PageFrame) -> HTML {
        """
        \(if: !files.isEmpty, "<ul class=\"files\">\(each: files, { line($0, in: frame) })</ul>")
        \(if: !unfinished.isEmpty, """
            <ul class="files" data-unfinished>\(each: unfinished, { line($0, in: frame) })</ul>
            """)
        \(ifLet: joinAction, { join(action: $0, in: frame) })
        \(ifLet: held, { results($0, in: frame) })
        \(upload(in: frame))
        \(ifLet: reuse, { again($0, in: frame) })
        """
    }

    private func line(_ file: FileLine, in frame: PageFrame) -> HTML {
        """
        <li>\(thumbnail(file))<p><a\(href: file.openHref) target="_blank" rel="noopener">\(file.name)\
        <span class="vh"> (mở ở cửa sổ mới)</span></a><br>
        <small class="mut">\(String(fileSize: file.sizeBytes))\(ifLet: file.pageCount, { ", \($0) trang" })</small></p>
        <div class="unit">\(ifLet: file.raiseAction, { raise(file, action: $0, in: frame) })\
        \(frame.form(
            FormShape(action: file.removeAction),
            Parts.button("Bỏ", style: .link, spoken: file.name)
        ))</div></li>

        """
    }

    /// Whoever has no script sends the file whole; then this line is only in the way.
    private func line(_ file: Unfinished, in frame: PageFrame) -> HTML {
        """
        <li data-part="\(file.action)" data-length="\(file.lengthBytes)"\(attribute: "data-digest", file.digest)>\
        <span class="thumb">\(Parts.icon(.upload))</span><p>\(file.name)<br>
        <small class="mut">Đã tải \(String(fileSize: file.arrivedBytes)) trong \(String(fileSize: file.lengthBytes)). \
        Chọn lại đúng tệp này để tải tiếp.</small></p>
        <div class="unit"><button type="button" class="link" data-pick hidden>Tải tiếp\
        <span class="vh"> \(file.name)</span></button>\
        \(frame.form(
            FormShape(action: file.removeAction),
            Parts.button("Bỏ", style: .link, spoken: file.name)
        ))</div></li>

        """
    }

    private func raise(_ file: FileLine, action: String, in frame: PageFrame) -> HTML {
        frame.form(FormShape(action: action), Parts.button("Đưa lên", style: .link, spoken: file.name))
    }

    private func thumbnail(_ file: FileLine) -> HTML {
        guard let address = file.thumbnailHref else { return "<span class=\"thumb\">\(Parts.icon(.document))</span>" }
        return "<img class=\"thumb\"\(src: address) alt=\"\" width=\"64\" height=\"64\">"
    }

    private func upload(in frame: PageFrame) -> HTML {
        let part = FilePart(
            id: id,
            label: files.isEmpty ? "Chọn tệp hoặc chụp ảnh" : "Thêm hoặc thay tệp",
            paperName: name,
            error: error,
            limitBytes: limitBytes,
            mostFiles: mostFiles,
            accept: accepts.map(\.accept).joined(separator: ","),
            typeWords: FileType.words(accepts)
        )
        return frame.form(
            FormShape(action: uploadAction, isMultipart: true, sendsFilesAtOnce: true, resumeAction: resumeAction),
            """
            \(Parts.fileInput(part))
            <p data-send>\(Parts.button("Tải lên", style: .secondary, icon: .upload, spoken: name))</p>
            """
        )
    }

    private func join(action: String, in frame: PageFrame) -> HTML {
        frame.form(
            FormShape(action: action),
            """
            <p class="mut">Các ảnh thành các trang theo thứ tự trên. Ảnh rời không còn trong danh sách.</p>
            <input type="hidden" name="\(PaperField.paper)" value="\(id)">\
            \(Parts.button("Gộp thành một tệp PDF", style: .secondary, icon: .copy, spoken: name))
            """
        )
    }

    /// One form for each result: there are few, and a name says more than a list to open.
    private func results(_ held: Reuse, in frame: PageFrame) -> HTML {
        """
        \(each: held.files, { result in
            frame.form(
                FormShape(action: held.action),
                """
                <p>Bạn đã có: \(result.label). Dùng luôn được, không phải chụp lại.</p>
                <input type="hidden" name="\(PaperField.paper)" value="\(id)">\
                <input type="hidden" name="\(PaperField.file)" value="\(result.value)">\
                \(Parts.button("Dùng kết quả đã có", style: .secondary, icon: .wallet, spoken: result.label))
                """
            )
        })
        """
    }

    private func again(_ reuse: Reuse, in frame: PageFrame) -> HTML {
        frame.form(
            FormShape(action: reuse.action),
            """
            <div class="f"><label for="\(id)-lai">Dùng lại tệp đã tải\
            <span class="vh"> \(name)</span></label>
            <input type="hidden" name="\(PaperField.paper)" value="\(id)">\
            <span class="unit"><select id="\(id)-lai" name="\(PaperField.file)"><option value="">Chọn</option>\
            \(each: reuse.files, { "<option value=\"\($0.value)\">\($0.label)</option>" })</select>\
            \(Parts.button("Dùng lại", style: .secondary, spoken: name))</span></div>
            """
        )
    }
}
