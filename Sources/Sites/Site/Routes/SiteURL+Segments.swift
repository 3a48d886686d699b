// SPDX-License-Identifier: Apache-2.0

extension SiteURL {
    /// The parts between the slashes.
    var segments: [String] {
        citizenSegments ?? signInSegments ?? draftSegments ?? dossierSegments ?? officerSegments
            ?? administrationSegments ?? builderSegments
            ?? otherSegments
    }

    private var citizenSegments: [String]? {
        switch self {
        case .home: []
        case .procedures: ["thu-tuc"]
        case .procedure(let code): ["thu-tuc", code]
        case .sectors: ["linh-vuc"]
        case .guides: ["huong-dan"]
        case .guide(let name): ["huong-dan", name]
        case .questions: ["hoi-dap"]
        case .news: ["tin-tuc"]
        case .newsItem(let name): ["tin-tuc", name]
        case .procedureFile(let code, let digest, let name): ["thu-tuc", code, "tep", digest, name]
        case .lookup: ["tra-cuu"]
        case .verification: ["xac-minh"]
        case .statistics: ["thong-ke"]
        case .ratings(let code): ["danh-gia", code]
        case .help: ["tro-giup"]
        case .accessibility: ["kha-nang-tiep-can"]
        case .privacy: ["quyen-rieng-tu"]
        case .display: ["hien-thi"]
        default: nil
        }
    }

    private var signInSegments: [String]? {
        switch self {
        case .signIn: ["dang-nhap"]
        case .signInStart: ["dang-nhap", "vneid"]
        case .signInReturn: ["dang-nhap", "tra-ve"]
        case .levelNeeded: ["dang-nhap", "nang-muc"]
        case .phoneSignIn: ["dang-nhap", "dien-thoai"]
        case .phoneCode: ["dang-nhap", "dien-thoai", "ma"]
        case .officerSignIn: ["dang-nhap", "can-bo"]
        case .officerCode: ["dang-nhap", "can-bo", "ma"]
        case .officerEnrolment: ["dang-nhap", "can-bo", "thiet-lap"]
        case .officerNewPassword: ["dang-nhap", "can-bo", "mat-khau-moi"]
        case .officerPasskey: ["dang-nhap", "can-bo", "khoa"]
        case .officerResetCode: ["dang-nhap", "can-bo", "dat-lai"]
        case .staffSignIn: ["dang-nhap", "can-bo", "co-quan"]
        case .staffReturn: ["dang-nhap", "can-bo", "co-quan", "tra-ve"]
        case .signOut: ["dang-xuat"]
        case .sessionExtension: ["phien", "gia-han"]
        case .ownSecurity: ["bao-mat"]
        case .ownSessions: ["bao-mat", "phien"]
        case .ownApp: ["bao-mat", "ung-dung"]
        case .ownRecoveryCodes: ["bao-mat", "ma-khoi-phuc"]
        case .ownPassword: ["bao-mat", "mat-khau"]
        case .ownProof: ["bao-mat", "xac-thuc"]
        case .ownPasskeys: ["bao-mat", "khoa"]
        case .ownPasskeyRemoval: ["bao-mat", "khoa", "xoa"]
        case .ownPasskeyProof: ["bao-mat", "xac-thuc", "khoa"]
        default: nil
        }
    }

    private var draftSegments: [String]? {
        switch self {
        case .draftStart(let code): ["thu-tuc", code, "nop"]
        case .draft(let draft): ["nop", draft]
        case .draftDelivery(let draft): ["nop", draft, "noi-nhan"]
        case .draftFormPage(let draft, let page): ["nop", draft, "to-khai", page]
        case .draftAutosave(let draft, let page): ["nop", draft, "to-khai", page, "luu"]
        case .draftFormFiles(let draft, let page): ["nop", draft, "to-khai", page, "tep"]
        case .draftFiles(let draft): ["nop", draft, "tep"]
        case .draftFile(let draft, let file): ["nop", draft, "tep", file]
        case .draftFileRemoval(let draft, let file): ["nop", draft, "tep", file, "xoa"]
        case .draftFileRaising(let draft, let file): ["nop", draft, "tep", file, "len"]
        case .draftFileJoining(let draft): ["nop", draft, "tep", "gop"]
        case .draftFileReuse(let draft): ["nop", draft, "tep", "dung-lai"]
        case .draftUploads(let draft): ["nop", draft, "tep", "tai-len"]
        case .draftCheck(let draft): ["nop", draft, "kiem-tra"]
        case .draftPayment(let draft): ["nop", draft, "thanh-toan"]
        case .draftConfirmation(let draft): ["nop", draft, "xong"]
        case .draftRemoval(let draft): ["nop", draft, "xoa"]
        default: nil
        }
    }

    private var dossierSegments: [String]? {
        switch self {
        case .dossier(let code): ["ho-so", code]
        case .dossierFile(let code, let file): ["ho-so", code, "tep", file]
        case .dossierSlip(let code, let slip): ["ho-so", code, "giay", slip]
        case .dossierSupplement(let code): ["ho-so", code, "bo-sung"]
        case .dossierSupplementFiles(let code): ["ho-so", code, "bo-sung", "tep"]
        case .supplementFileRemoval(let code, let file): ["ho-so", code, "bo-sung", "tep", file, "xoa"]
        case .supplementFileRaising(let code, let file): ["ho-so", code, "bo-sung", "tep", file, "len"]
        case .supplementFileJoining(let code): ["ho-so", code, "bo-sung", "tep", "gop"]
        case .supplementFileReuse(let code): ["ho-so", code, "bo-sung", "tep", "dung-lai"]
        case .supplementUploads(let code): ["ho-so", code, "bo-sung", "tep", "tai-len"]
        case .upload(let upload): ["tai-len", upload]
        case .uploadRemoval(let upload): ["tai-len", upload, "xoa"]
        case .dossierWithdrawal(let code): ["ho-so", code, "rut"]
        case .dossierPayment(let code): ["ho-so", code, "thanh-toan"]
        case .account: ["tai-khoan"]
        case .accessRecords: ["tai-khoan", "ai-da-xem"]
        case .dataRequests: ["tai-khoan", "du-lieu"]
        case .dataRequest(let request): ["tai-khoan", "du-lieu", request]
        case .dataRequestWithdrawal(let request): ["tai-khoan", "du-lieu", request, "rut"]
        case .dataRequestFile(let request): ["tai-khoan", "du-lieu", request, "ban-sao"]
        case .devices: ["tai-khoan", "thiet-bi"]
        case .devicesEnd: ["tai-khoan", "thiet-bi", "dang-xuat"]
        case .hat: ["tai-khoan", "vai"]
        case .representations: ["tai-khoan", "dai-dien"]
        case .representationPaper(let representation): ["tai-khoan", "dai-dien", representation, "giay"]
        case .representationEnd(let representation): ["tai-khoan", "dai-dien", representation, "thu-hoi"]
        case .paymentReturn: ["thanh-toan", "tra-ve"]
        case .paymentNotice: ["thanh-toan", "thong-bao"]
        default: nil
        }
    }

    private var officerSegments: [String]? {
        switch self {
        case .workList: ["viec"]
        case .workItem(let code): ["viec", code]
        case .workFile(let code, let file): ["viec", code, "tep", file]
        case .workSlip(let code, let slip): ["viec", code, "giay", slip]
        case .workAuthority(let code): ["viec", code, "dai-dien"]
        case .workAction(let code, let action): ["viec", code, "thao-tac", action]
        case .workPurpose(let code): ["viec", code, "muc-dich"]
        case .workUnmasking(let code): ["viec", code, "hien-du-lieu"]
        case .workConsultation(let code, let id): ["viec", code, "y-kien", id]
        case .workConsultationFile(let code, let id, let file): ["viec", code, "y-kien", id, "tep", file]
        case .refunds: ["hoan-tien"]
        case .refund(let id): ["hoan-tien", id]
        case .unitAssignment: ["viec", "phan-cong"]
        case .documentRegister: ["so-ket-qua"]
        case .ownSubstitutes: ["thay-the"]
        case .ownSubstituteEnd(let id): ["thay-the", id]
        case .search: ["tim"]
        case .signing: ["ky"]
        case .signingItem(let code): ["ky", code]
        case .signingPreview(let code): ["ky", code, "xem"]
        default: nil
        }
    }

    private var administrationSegments: [String]? {
        switch self {
        case .administration: ["quan-tri"]
        case .jobQueue: ["quan-tri", "hang-doi"]
        case .jobResending(let job): ["quan-tri", "hang-doi", job, "gui-lai"]
        case .agencies: ["quan-tri", "co-quan"]
        case .agency(let code): ["quan-tri", "co-quan", code]
        case .agencyEdit(let code): ["quan-tri", "co-quan", code, "sua"]
        case .agencyCalendar(let code): ["quan-tri", "co-quan", code, "lich"]
        case .agencyMerger(let code): ["quan-tri", "co-quan", code, "sap-nhap"]
        case .newAgency(let above): ["quan-tri", "co-quan", above, "co-quan-moi"]
        case .newUnit(let agency): ["quan-tri", "co-quan", agency, "don-vi-moi"]
        case .unit(let id): ["quan-tri", "don-vi", id]
        case .unitMerger(let id): ["quan-tri", "don-vi", id, "sap-nhap"]
        case .mergerPlans: ["quan-tri", "sap-nhap"]
        case .mergerPlanCancelling(let plan): ["quan-tri", "sap-nhap", plan]
        case .newOfficer(let agency): ["quan-tri", "co-quan", agency, "can-bo-moi"]
        case .officer(let officer): ["quan-tri", "can-bo", officer]
        case .officerLock(let officer): ["quan-tri", "can-bo", officer, "khoa"]
        case .officerSessions(let officer): ["quan-tri", "can-bo", officer, "phien"]
        case .everySession: ["quan-tri", "phien"]
        case .officerMove(let officer): ["quan-tri", "can-bo", officer, "chuyen"]
        case .officerReset(let officer): ["quan-tri", "can-bo", officer, "dat-lai"]
        case .officerSubstitutes(let officer): ["quan-tri", "can-bo", officer, "thay-the"]
        case .officerSubstituteEnd(let officer, let id): ["quan-tri", "can-bo", officer, "thay-the", id]
        case .officerStaff(let officer): ["quan-tri", "can-bo", officer, "dinh-danh"]
        case .resets: ["quan-tri", "dat-lai"]
        case .resetDecision(let reset): ["quan-tri", "dat-lai", reset]
        case .accessAudit: ["quan-tri", "truy-cap"]
        case .dataDesk: ["quan-tri", "du-lieu"]
        case .dataDeskItem(let request): ["quan-tri", "du-lieu", request]
        case .retentionReports: ["quan-tri", "luu-tru"]
        case .retentionReport(let report): ["quan-tri", "luu-tru", report]
        case .levels: ["quan-tri", "muc-do"]
        case .levelsFile: ["quan-tri", "muc-do", "tai-ve"]
        case .level(let code): ["quan-tri", "muc-do", "thu-tuc", code]
        case .complianceCosts: ["quan-tri", "chi-phi"]
        default: nil
        }
    }

    private var builderSegments: [String]? {
        switch self {
        case .managedProcedures: ["quan-tri", "thu-tuc"]
        case .newProcedure: ["quan-tri", "thu-tuc-moi"]
        case .importedProcedures: ["quan-tri", "thu-tuc-nhap"]
        case .managedProcedure(let code): ["quan-tri", "thu-tuc", code]
        case .builderSheet(let code): ["quan-tri", "thu-tuc", code, "muc"]
        case .builderText(let code): ["quan-tri", "thu-tuc", code, "van-ban"]
        case .builderFile(let code, let file): ["quan-tri", "thu-tuc", code, "tep", file]
        case .builderStep(let code): ["quan-tri", "thu-tuc", code, "hoan-tac"]
        case .builderTrial(let code): ["quan-tri", "thu-tuc", code, "vi-du"]
        case .builderFacts(let code): ["quan-tri", "thu-tuc", code, "doi-chieu"]
        case .builderPublication(let code): ["quan-tri", "thu-tuc", code, "xuat-ban"]
        case .procedureVersions(let code): ["quan-tri", "thu-tuc", code, "phien-ban"]
        case .builderPreview(let code, let part): ["quan-tri", "thu-tuc", code, "xem-truoc", part]
        default: nil
        }
    }

    private var otherSegments: [String] {
        switch self {
        case .health: ["healthz"]
        case .readiness: ["readyz"]
        case .metrics: ["metrics"]
        case .checkpoint: ["log", "checkpoint"]
        case .apiDocument: ["openapi.json"]
        case .sitemap: ["sitemap.xml"]
        case .sitemapPart(let number): ["so-do-trang", number]
        case .robots: ["robots.txt"]
        default: preconditionFailure("an address without segments")
        }
    }
}
