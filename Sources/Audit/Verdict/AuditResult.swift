// SPDX-License-Identifier: MIT
internal import Pictures

/// A finished audit: every space, the verdict, and what was read.
public struct AuditResult: Sendable {
  /// At least one, in the order in which they were given.
  public let spaces: [SpaceAudit]
  /// As asked for: the confidence is that of the verdict as a whole.
  public let settings: AuditSettings
  /// That of all spaces together; where anything was not looked at, or held-out data hold training data, never *clean*.
  public let verdict: AuditVerdict
  /// What was compared, for each space.
  public let inputs: [AuditInput]
  /// Each class of the training set in each space; empty without labels.
  public let classes: [ClassRisk]

  /// `labels` and `classNames` are those of the training set, if it has any. Spaces were audited at `confidence(of:)`.
  public init(
    spaces: [SpaceAudit], settings: AuditSettings, inputs: [AuditInput], labels: [Int]? = nil,
    classNames: [String]? = nil
  ) {
    precondition(!spaces.isEmpty, "an audit of no space")
    (self.spaces, self.settings, self.inputs) = (spaces, settings, inputs)
    let verdict = AuditVerdict(spaces.map(\.verdictMetric), maxRatio: settings.maxRatio)
    // A null that holds training data clears nobody, nor does a look at a part.
    let isOpen = spaces.contains(where: \.holdoutIsSuspect) || inputs.contains { $0.leftOut.unread > 0 }
    self.verdict = verdict == .clean && isOpen ? .inconclusive : verdict
    classes = spaces.flatMap { space in labels.map { ClassRisk.classes(space, labels: $0, names: classNames) } ?? [] }
  }

  /// The sides of which something could not be looked at.
  public var incomplete: [AuditInput] { inputs.filter { $0.leftOut.unread > 0 } }

  /// The settings of each of several spaces: the verdict as a whole keeps its confidence (Bonferroni).
  public static func settings(_ settings: AuditSettings, spaces: Int) -> AuditSettings {
    settings.shared(among: spaces)
  }

  /// The space that a reader is told of: the one that convicts, or else the one whose excess is largest.
  public var leading: SpaceAudit {
    let convicting = spaces.filter { AuditVerdict.convicts($0.verdictMetric, settings.maxRatio) }
    func excess(_ space: SpaceAudit) -> Double { space.verdictMetric.excess ?? space.verdictMetric.value }
    return (convicting.isEmpty ? spaces : convicting).max { excess($0) < excess($1) } ?? spaces[0]
  }

  /// The whole result; its words come from whoever writes the report.
  public func document(
    _ provenance: AuditProvenance, summary: String, warnings: [String], notTested: [String]
  ) -> AuditDocument {
    AuditDocument(
      schema: 1, verdict: verdict, maxRatio: settings.maxRatio, confidence: settings.confidence, summary: summary,
      metrics: spaces.flatMap(\.metrics), inputs: inputs, settings: settings,
      duplicates: spaces.map {
        AuditDocument.DuplicateSummary(
          space: $0.name, clusters: $0.duplicates.count, members: $0.duplicates.reduce(0) { $0 + $1.members.count })
      },
      recited: spaces.map {
        AuditDocument.RecitedSummary(
          space: $0.name, items: $0.recited.count, samples: $0.recited.reduce(0) { $0 + $1.samples.count })
      },
      classes: classes, warnings: warnings, notTested: notTested, provenance: provenance)
  }
}
