// SPDX-License-Identifier: Apache-2.0

/// One key of the pack language.
struct PackKey: Hashable, Sendable {
    let name: String
    let isRequired: Bool
}

/// One kind of mapping in a pack, with the keys that it knows. The reader refuses every other key, the reader asks
/// for no other key, and docs/packs.md lists exactly these (a test compares).
struct PackSection: Hashable, Sendable {
    let name: String
    let keys: [PackKey]

    /// Key names with spaces between them; `!` at the end marks a key that must be there.
    init(_ name: String, _ words: String) {
        self.name = name
        keys = words.split(separator: " ").map { word in
            PackKey(name: word.hasSuffix("!") ? String(word.dropLast()) : String(word), isRequired: word.hasSuffix("!"))
        }
    }

    func key(_ name: String) -> PackKey? { keys.first { $0.name == name } }
}

extension PackSection {
    static let procedure = PackSection(
        "procedure",
        """
        code! name! summary! keywords sector! executingAgencies! validFrom! validTo legalBasis! information! \
        executionSequence! submissionMethods! numberOfSets! components! subjects! requirements form fees! workflow! \
        result! notices retention! declaredLevel! examples!
        """
    )
    static let sector = PackSection("sector", "code name!")
    static let executingAgency = PackSection("executingAgency", "kind! level! name!")
    static let legalBasis = PackSection("legalBasis", "id! number name! articles publication source! verified!")
    static let information = PackSection("information", "item! source! verified!")
    static let submissionMethod = PackSection("submissionMethod", "channel! timeLimit! description!")
    static let timeLimit = PackSection("timeLimit", "value! unit! cutOff")
    static let component = PackSection(
        "component",
        "id! nationalCode name! help thing copies! required! requiredWhen visibleWhen accepts fileLimit"
    )
    static let copies = PackSection("copies", "original copy electronic")
    static let form = PackSection("form", "minutes! declaration! pages!")
    static let page = PackSection("page", "id! title! help visibleWhen fields!")
    static let field = PackSection(
        "field",
        """
        id! type! label! thing help options required! requiredWhen visibleWhen maxLength minimum maximum before \
        notAfter notBefore after prefill confirms
        """
    )
    static let option = PackSection("option", "value! label! help")
    static let prefill = PackSection("prefill", "from! locked!")
    static let condition = PackSection(
        "condition",
        """
        all any not channel field equals notEquals oneOf noneOf answered lessThan atMost atLeast greaterThan before \
        notAfter notBefore after
        """
    )
    static let day = PackSection("day", "field daysBeforeToday daysAfterToday")
    static let fee = PackSection("fee", "id! name! kind! collected! owedWhen rules! exemptions")
    static let feeRule = PackSection(
        "feeRule",
        "validFrom! validTo channels when free fixed perUnit basis! verified! note"
    )
    static let perUnit = PackSection("perUnit", "price! field! unit tiers cap times timesUnit")
    static let tier = PackSection("tier", "from! price!")
    static let exemption = PackSection("exemption", "id! name! when! percent! basis! verified!")
    static let workflow = PackSection("workflow", "automaticReceive! steps! consultations")
    static let step = PackSection("step", "id! name! role! lane! share actions!")
    static let action = PackSection("action", "action! to label")
    static let consultation = PackSection(
        "consultation",
        "id! name! steps! agencies units answerWithin! silence! mayGoOn! papers pages"
    )
    static let answerWithin = PackSection("answerWithin", "value! unit!")
    static let result = PackSection(
        "result",
        "name! nationalCode kind! template fields series validMonths deliveryWays!"
    )
    static let notice = PackSection("notice", "event! ways!")
    static let retention = PackSection("retention", "years forEver source! verified!")
    static let example = PackSection("example", "name! channel! receivedAt! answers! expect!")
    static let expectation = PackSection("expect", "fee components dueAt path problems")

    /// Every section of the language.
    static let all: [PackSection] = [
        procedure, sector, executingAgency, legalBasis, information, submissionMethod, timeLimit, component, copies,
        form, page, field, option, prefill, condition, day, fee, feeRule, perUnit, tier, exemption, workflow, step,
        action, consultation, answerWithin, result, notice, retention, example, expectation,
    ]
}
