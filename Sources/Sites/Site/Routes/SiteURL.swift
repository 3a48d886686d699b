// SPDX-License-Identifier: Apache-2.0

import Markup

/// Every address of the site, for registration and for links. No view writes an address as text.
///
/// Where a case has a value, a link gives the value (`.dossier(code.description)`), and registration a `PathSlot`
/// (`.dossier(PathSlot.code)`), under whose name the handler reads it. No address holds personal data.
public enum SiteURL: Sendable, Hashable {
    // Everybody
    case home
    case procedures
    case procedure(String)
    case sectors
    case guides
    case guide(String)
    case questions
    case news
    case newsItem(String)
    case procedureFile(String, digest: String, name: String)
    case lookup
    case verification
    case statistics
    case ratings(String)
    case help
    case accessibility
    case privacy
    case display

    // Signing in and out
    case signIn
    case signInStart
    case signInReturn
    case levelNeeded
    case phoneSignIn
    case phoneCode
    case officerSignIn
    case officerCode
    case officerEnrolment
    case officerNewPassword
    case officerPasskey
    case officerResetCode
    case staffSignIn
    case staffReturn
    case signOut
    case sessionExtension

    // A citizen's draft
    case draftStart(String)
    case draft(String)
    case draftDelivery(String)
    case draftFormPage(String, page: String)
    case draftAutosave(String, page: String)
    case draftFormFiles(String, page: String)
    case draftFiles(String)
    case draftFile(String, file: String)
    case draftFileRemoval(String, file: String)
    case draftFileRaising(String, file: String)
    case draftFileJoining(String)
    case draftFileReuse(String)
    case draftUploads(String)
    case draftCheck(String)
    case draftPayment(String)
    case draftConfirmation(String)
    case draftRemoval(String)

    // A citizen's dossier
    case dossier(String)
    case dossierFile(String, file: String)
    case dossierSlip(String, slip: String)
    case dossierSupplement(String)
    case dossierSupplementFiles(String)
    case supplementFileRemoval(String, file: String)
    case supplementFileRaising(String, file: String)
    case supplementFileJoining(String)
    case supplementFileReuse(String)
    case supplementUploads(String)
    case dossierWithdrawal(String)
    case dossierPayment(String)
    case account
    case accessRecords
    case dataRequests
    case dataRequest(String)
    case dataRequestWithdrawal(String)
    case dataRequestFile(String)
    case devices
    case devicesEnd
    case hat
    case representations
    case representationPaper(String)
    case representationEnd(String)

    // A file on its way, for a draft or a dossier
    case upload(String)
    case uploadRemoval(String)

    // Payment
    case paymentReturn
    case paymentNotice

    // Officers
    case workList
    case workItem(String)
    case workFile(String, file: String)
    case workSlip(String, slip: String)
    case workAction(String, action: String)
    case workPurpose(String)
    case workUnmasking(String)
    case workAuthority(String)
    case workConsultation(String, id: String)
    case workConsultationFile(String, id: String, file: String)
    case refunds
    case refund(String)
    case unitAssignment
    case documentRegister
    case ownSubstitutes
    case ownSubstituteEnd(String)
    case search

    // An officer's own account
    case ownSecurity
    case ownSessions
    case ownApp
    case ownRecoveryCodes
    case ownPassword
    case ownProof
    case ownPasskeys
    case ownPasskeyRemoval
    case ownPasskeyProof

    // Leaders
    case signing
    case signingItem(String)
    case signingPreview(String)

    // Administrators
    case administration
    case jobQueue
    case jobResending(String)
    case agencies
    case agency(String)
    case agencyEdit(String)
    case agencyCalendar(String)
    case agencyMerger(String)
    case newAgency(above: String)
    case newUnit(agency: String)
    case unit(String)
    case unitMerger(String)
    case mergerPlans
    case mergerPlanCancelling(String)
    case newOfficer(agency: String)
    case officer(String)
    case officerLock(String)
    /// Open sessions of an officer.
    case officerSessions(String)
    /// Everybody's sessions.
    case everySession
    case officerMove(String)
    case officerReset(String)
    case officerSubstitutes(String)
    case officerSubstituteEnd(String, id: String)
    case officerStaff(String)
    case resets
    case resetDecision(String)
    case accessAudit
    case dataDesk
    case dataDeskItem(String)
    case retentionReports
    case retentionReport(String)
    case managedProcedures
    case newProcedure
    case importedProcedures
    case managedProcedure(String)
    case builderSheet(String)
    case builderText(String)
    case builderFile(String, file: String)
    case builderStep(String)
    case builderTrial(String)
    case builderFacts(String)
    case builderPublication(String)
    case procedureVersions(String)
    case builderPreview(String, part: String)
    case levels
    case levelsFile
    case level(String)
    case complianceCosts

    // Machines
    case health
    case readiness
    case metrics
    case checkpoint
    case apiDocument
    case sitemap
    case sitemapPart(String)
    case robots

    /// The address for a link: `/ho-so/H01.12-260424-0001`.
    public var path: String {
        "/" + segments.map(PercentEncoding.queryValue).joined(separator: "/")
    }

    /// The pattern for registration: `/ho-so/{ma}`.
    public var pattern: String { "/" + segments.joined(separator: "/") }

    /// The address with parameters behind the question mark; those without a value are left out.
    public func path(_ parameters: [(name: String, value: String?)]) -> String {
        let pairs = parameters.compactMap { parameter in
            parameter.value.map { "\(parameter.name)=\(PercentEncoding.queryValue($0))" }
        }
        return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
    }
}
