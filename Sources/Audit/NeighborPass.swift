// SPDX-License-Identifier: MIT

/// One search of an audit: who looks for neighbours among whom.
public enum NeighborPass: String, Sendable, Codable, CaseIterable {
  case generated, holdout, train
  case equalTrain = "equal-train"
  case toHoldout = "to-holdout"
  case generatedTiled = "generated-tiled"
  case holdoutTiled = "holdout-tiled"

  /// What progress says.
  public var words: String {
    switch self {
    case .generated: "generated to training"
    case .holdout: "held-out to training"
    case .train: "training to training"
    case .equalTrain: "generated to a part of training"
    case .toHoldout: "generated to held-out"
    case .generatedTiled: "generated to training, tiled"
    case .holdoutTiled: "held-out to training, tiled"
    }
  }
}
