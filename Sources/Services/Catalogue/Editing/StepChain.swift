// SPDX-License-Identifier: Apache-2.0

/// The usual ways of a dossier within an agency, taken over whole. Intake and handing over are the counter's, before
/// the first step and after the last, and no steps of a pack.
public enum StepChain: String, CaseIterable, Sendable {
    /// A specialist examines, a leader signs.
    case two
    /// Between them the head of the unit reads the draft.
    case three

    /// As an administrator reads it, from the first to the last thing that happens.
    public var vietnamese: String {
        switch self {
        case .two: "Tiếp nhận → thẩm định → ký duyệt → trả kết quả"
        case .three: "Tiếp nhận → thẩm định → trưởng phòng kiểm tra → ký duyệt → trả kết quả"
        }
    }

    /// Where the steps of a pack stand.
    public static let list = PackPath.root.key("workflow").key("steps")

    /// The steps of a pack.
    var steps: PackTree {
        switch self {
        case .two:
            .list([
                Self.step(
                    "examine",
                    "Thẩm định hồ sơ",
                    "specialist",
                    "processing",
                    share: 70,
                    [
                        [("action", "draftResult")],
                        [("action", "advance"), ("to", "sign"), ("label", "Trình ký")],
                        [("action", "requestSupplement")],
                    ]
                ),
                Self.sign(backTo: "examine", share: 30),
            ])
        case .three:
            .list([
                Self.step(
                    "examine",
                    "Thẩm định hồ sơ",
                    "specialist",
                    "processing",
                    share: 60,
                    [
                        [("action", "draftResult")],
                        [("action", "advance"), ("to", "review"), ("label", "Trình trưởng phòng")],
                        [("action", "requestSupplement")],
                    ]
                ),
                Self.step(
                    "review",
                    "Kiểm tra dự thảo",
                    "unitHead",
                    "processing",
                    share: 20,
                    [
                        [("action", "advance"), ("to", "sign"), ("label", "Trình ký")],
                        [("action", "sendBack"), ("to", "examine"), ("label", "Trả lại chuyên viên")],
                    ]
                ),
                Self.sign(backTo: "review", share: 20),
            ])
        }
    }

    /// The way through them, as an example expects it.
    var path: PackTree { .list(steps.items.compactMap { $0["id"] }) }

    private static func sign(backTo step: String, share: Int) -> PackTree {
        self.step(
            "sign",
            "Ký kết quả",
            "leader",
            "signing",
            share: share,
            [
                [("action", "grant")], [("action", "sendBack"), ("to", step), ("label", "Trả lại")],
                [("action", "refuse")],
            ]
        )
    }

    private static func step(
        _ id: String,
        _ name: String,
        _ role: String,
        _ lane: String,
        share: Int,
        _ actions: [[(String, String)]]
    ) -> PackTree {
        .entries([
            .init("id", .text(id)), .init("name", .text(name)), .init("role", .text(role)),
            .init("lane", .text(lane)), .init("share", .text("\(share)")),
            .init("actions", .list(actions.map { PackTree.texts($0) })),
        ])
    }

    /// What puts this chain in place of the steps of a pack; examples that walk another way walk this one.
    public func edits(of tree: PackTree) -> [PackEdit] {
        let others = (tree["examples"]?.items ?? []).indices.filter { index in
            tree["examples"]?.items[index]["expect"]?["path"].map { $0 != path } ?? false
        }
        let examples = PackPath.root.key("examples")
        return [.set(Self.list, steps)]
            + others.map { .set(examples.index($0).key("expect").key("path"), path) }
    }
}
