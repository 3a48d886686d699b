// SPDX-License-Identifier: Apache-2.0

/// Places in a pattern that a request fills.
public enum PathSlot {
    /// A procedure's or dossier's code.
    public static let code = "{ma}"
    /// An article's name.
    public static let name = "{ten}"
    /// A part of the sitemap.
    public static let number = "{so}"
    /// A draft's random id.
    public static let draft = "{nhap}"
    /// A page of a form.
    public static let page = "{trang}"
    /// A file.
    public static let file = "{tep}"
    /// A file on its way.
    public static let upload = "{phan}"
    /// A slip or result.
    public static let slip = "{giay}"
    /// A blank form.
    public static let form = "{mau}"
    /// SHA-256 of a file that everybody may have.
    public static let digest = "{sha256}"
    /// A secret of a slip.
    public static let secret = "{bi-mat}"
    /// What an officer does.
    public static let action = "{thao-tac}"
    /// Money to be given back.
    public static let refund = "{khoan}"
    /// A consultation.
    public static let consultation = "{y-kien}"
    /// A substitution.
    public static let substitution = "{thay}"
    /// An agency's code.
    public static let agency = "{co-quan}"
    /// A unit's id.
    public static let unit = "{don-vi}"
    /// A planned merger's id.
    public static let plan = "{ke-hoach}"
    /// An officer's id.
    public static let officer = "{can-bo}"
    /// A request to reset a sign-in.
    public static let reset = "{de-nghi}"
    /// An authority to act for somebody.
    public static let representation = "{uy-quyen}"
    /// A job's id.
    public static let job = "{viec}"
    /// A request about personal data.
    public static let request = "{yeu-cau}"
    /// What of a pack is shown before it is published.
    public static let preview = "{xem}"
    /// A report of what is past its retention.
    public static let report = "{bao-cao}"
}
