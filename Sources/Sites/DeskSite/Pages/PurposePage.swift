// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// `/viec/{mã}/muc-dich` and `/viec/{mã}/hien-du-lieu`: an officer says why she looks; nothing personal stands here.
public enum PurposePage {
    /// What the page shows.
    public struct Model: Sendable {
        /// The code.
        public var code: DossierCode
        /// The procedure.
        public var procedureName: String
        /// True where masked data are asked for, false where the dossier is opened.
        public var isUnmasking: Bool
        /// The purposes to choose from.
        public var purposeField: FieldPart
        /// The officer's own words.
        public var wordsField: FieldPart
        /// Where it is sent, by POST.
        public var action: String
        /// Without looking.
        public var backHref: String

        /// What the page shows.
        public init(
            code: DossierCode,
            procedureName: String,
            isUnmasking: Bool,
            purposeField: FieldPart,
            wordsField: FieldPart,
            action: String,
            backHref: String
        ) {
            self.code = code
            self.procedureName = procedureName
            self.isUnmasking = isUnmasking
            self.purposeField = purposeField
            self.wordsField = wordsField
            self.action = action
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let fields = [model.purposeField, model.wordsField]
        let errors = FieldError.all(in: fields)
        let title = model.isUnmasking ? "Hiện dữ liệu bị che" : "Mục đích xem hồ sơ"
        return frame.page(
            PageShape(title: title, backHref: model.backHref, hasErrors: !errors.isEmpty, width: .text),
            """
            \(Parts.errorSummary(errors))
            <p class="over"><span class="num">\(model.code.description)</span> · \(model.procedureName)</p>
            <h1>\(title)</h1>
            \(lede(model))
            \(frame.form(FormShape(action: model.action), """
                \(Parts.fields(fields))
                \(Parts.actions(Parts.button(model.isUnmasking ? "Hiện dữ liệu" : "Mở hồ sơ")))
                """))
            """
        )
    }

    private static func lede(_ model: Model) -> HTML {
        model.isUnmasking
            ? """
            <p>Số định danh, điện thoại, thư điện tử, địa chỉ hiện đầy đủ trong 15 phút. Việc xem được ghi lại cùng mục \
            đích; người nộp hồ sơ đọc được.</p>
            """
            : """
            <p>Hồ sơ này không ở bước việc của Ông/Bà. Nêu mục đích rồi mở. Việc xem được ghi lại cùng mục đích; người \
            nộp hồ sơ đọc được.</p>
            """
    }
}
