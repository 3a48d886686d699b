// SPDX-License-Identifier: Apache-2.0

/// One question of a form as it is drawn: label, hint, error, control, in this order.
///
/// The name of the control is the field's id. A date sends `{id}.day`, `{id}.month`, `{id}.year`; an address sends
/// `{id}.province`, `{id}.commune`, `{id}.street`; several files come under one name.
public struct FieldPart: Sendable {
    /// How wide a text box is, which says how long an answer is expected.
    public enum BoxWidth: String, Sendable {
        case full
        case half
        case number
        case short
    }

    /// One answer that may be chosen.
    public struct Choice: Sendable {
        /// What is sent.
        public var value: String
        /// What is read.
        public var label: String
        /// A sentence below; nil without.
        public var hint: String?

        /// One answer that may be chosen.
        public init(_ value: String, _ label: String, hint: String? = nil) {
            self.value = value
            self.label = label
            self.hint = hint
        }
    }

    /// The three boxes of a date, as they were typed.
    public struct TypedDate: Sendable {
        /// Day, month and year as text; anything may stand in them after an error.
        public var day, month, year: String
        /// True for the reader's own birth date, which the browser may fill in.
        public var isOwnBirthDate: Bool

        /// The three boxes of a date.
        public init(day: String = "", month: String = "", year: String = "", isOwnBirthDate: Bool = false) {
            self.day = day
            self.month = month
            self.year = year
            self.isOwnBirthDate = isOwnBirthDate
        }
    }

    /// An address: the levels are data, never one list of all communes of the country.
    public struct TypedAddress: Sendable {
        /// The provinces to choose from; one alone is shown as text.
        public var provinces: [Choice]
        /// The chosen province; empty when none.
        public var province: String
        /// The communes of the chosen province.
        public var communes: [Choice]
        /// The chosen commune; empty when none.
        public var commune: String
        /// House number, street, hamlet, as typed.
        public var street: String
        /// What stands above the list of communes: before July 2025 it names districts.
        public var communeLabel: String
        /// What stands above the line for the rest.
        public var streetLabel: String

        /// An address.
        public init(
            provinces: [Choice],
            province: String,
            communes: [Choice],
            commune: String,
            street: String,
            communeLabel: String = "Xã, phường, đặc khu",
            streetLabel: String = "Số nhà, đường, ấp, khóm"
        ) {
            self.provinces = provinces
            self.province = province
            self.communes = communes
            self.commune = commune
            self.street = street
            self.communeLabel = communeLabel
            self.streetLabel = streetLabel
        }
    }

    /// Rows of the same questions, each with a button that takes it away, and one that adds a row.
    public struct Rows: Sendable {
        /// One row.
        public struct Row: Sendable {
            /// What it is: "Thành viên 2".
            public var title: String
            /// Its questions.
            public var fields: [FieldPart]

            /// One row.
            public init(title: String, fields: [FieldPart]) {
                (self.title, self.fields) = (title, fields)
            }
        }

        /// The rows so far.
        public var rows: [Row]
        /// What one row is called within a sentence: "thành viên".
        public var noun: String
        /// False when there are as many as may be.
        public var canAdd: Bool
        /// False when there are as few as must be.
        public var canRemove: Bool

        /// Rows of the same questions.
        public init(rows: [Row], noun: String, canAdd: Bool, canRemove: Bool) {
            (self.rows, self.noun) = (rows, noun)
            (self.canAdd, self.canRemove) = (canAdd, canRemove)
        }
    }

    /// What is asked.
    public enum Control: Sendable {
        /// One line. `autocomplete` is the HTML token; nil turns the browser's filling off.
        case text(String, width: BoxWidth = .full, autocomplete: String? = nil)
        /// Several lines, at most so many characters.
        case longText(String, limitCharacters: Int, rows: Int = 5)
        /// A number as typed, with its unit behind.
        case number(String, unit: String?)
        /// An amount of đồng as typed or in groups, with its words where it can be read.
        case money(String, words: String?)
        /// A day in three boxes.
        case date(TypedDate)
        /// One of few, as round buttons.
        case radios([Choice], chosen: String?)
        /// One of many, as a list.
        case select([Choice], chosen: String?)
        /// Any of several.
        case checkboxes([Choice], chosen: Set<String>)
        /// Yes or no; sends `yes` or `no`.
        case yesNo(Bool?)
        /// A personal ID number of 12 digits.
        case nationalID(String)
        /// A tax code of 10 digits, a branch with 3 more.
        case taxCode(String)
        /// A Vietnamese phone number.
        case phone(String)
        /// An e-mail address.
        case email(String)
        /// Province, commune, street.
        case address(TypedAddress)
        /// Several questions about one thing, such as a person.
        case fields([FieldPart])
        /// Rows of the same questions.
        case rows(Rows)
        /// A paper: what has arrived of it, and a box for more.
        case paper(PaperBox)
        /// A secret word; never given back.
        case password(autocomplete: String)
        /// A code of digits, such as one sent to the phone.
        case oneTimeCode(String)
        /// Text only, nothing is asked.
        case note(HTML)
        /// The person's statement, to be ticked; sends `yes`.
        case declaration(String, isTicked: Bool)
    }

    /// The id of the control, the name under which it is sent, and the target of error links.
    public var id: String
    /// The question.
    public var label: String
    /// One short sentence without links.
    public var hint: String?
    /// What is wrong, without "Lỗi: ".
    public var error: String?
    /// True when it may be left out; the label then says so.
    public var isOptional: Bool
    /// Where a locked answer comes from, such as "Theo CSDL dân cư"; nil when it may be changed.
    public var lockedSource: String?
    /// True when the label is the heading of the page.
    public var isHeading: Bool
    /// What is asked, with the answer so far.
    public var control: Control

    /// One question of a form.
    public init(
        _ id: String,
        _ label: String,
        hint: String? = nil,
        error: String? = nil,
        isOptional: Bool = false,
        lockedSource: String? = nil,
        isHeading: Bool = false,
        _ control: Control
    ) {
        self.id = id
        self.label = label
        self.hint = hint
        self.error = error
        self.isOptional = isOptional
        self.lockedSource = lockedSource
        self.isHeading = isHeading
        self.control = control
    }

    /// True when an empty answer is sent beside tick boxes, which says that the last tick was taken away.
    public var sendsNoTicks = false
    /// The box of a day or an address that is wrong; nil = the first.
    public var wrongBoxID: String?

    /// The control that an error link goes to: the first box of a date, the first round button.
    public var firstControlID: String {
        if let wrongBoxID, lockedSource == nil { return wrongBoxID }
        return switch control {
        case .date: "\(id).day"
        case .address(let address): address.provinces.count > 1 ? "\(id).province" : "\(id).commune"
        case .radios, .yesNo, .checkboxes: "\(id)-1"
        case .fields(let parts): parts.first?.firstControlID ?? id
        default: id
        }
    }
}

/// One entry of the error summary: where, and the same words as at the field.
public struct FieldError: Sendable, Equatable {
    /// The id of the first wrong control.
    public var controlID: String
    /// What is wrong (`ux.md` §4.4).
    public var text: String

    /// One entry of the error summary.
    public init(controlID: String, text: String) {
        self.controlID = controlID
        self.text = text
    }

    /// The errors of these questions, in their order.
    public static func all(in parts: [FieldPart]) -> [FieldError] {
        parts.flatMap { part in
            let own = part.error.map { [FieldError(controlID: part.firstControlID, text: $0)] } ?? []
            return switch part.control {
            case .fields(let inner): own + all(in: inner)
            case .rows(let rows): own + rows.rows.flatMap { all(in: $0.fields) }
            default: own
            }
        }
    }
}
