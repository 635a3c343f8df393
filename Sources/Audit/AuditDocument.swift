// SPDX-License-Identifier: MIT

/// The result of an audit as one JSON document; `schema` changes when a field changes its meaning.
public struct AuditDocument: Sendable, Codable {
  /// The version of this format: 1.
  public let schema: Int
  /// What the audit says, over all spaces.
  public let verdict: AuditVerdict
  /// The rule: the largest excess that is called clean, and the confidence of the verdict as a whole.
  public let maxRatio, confidence: Double
  /// One sentence.
  public let summary: String
  /// The numbers of all spaces, space by space.
  public let metrics: [AuditMetric]
  /// The datasets, for each space those compared in it.
  public let inputs: [AuditInput]
  /// What was asked for. With s spaces each interval has confidence 1 - (1 - c) / s; every metric states its own.
  public let settings: AuditSettings
  /// Copies within the training set, one entry for each space.
  public let duplicates: [DuplicateSummary]
  /// What the samples recite, one entry for each space.
  public let recited: [RecitedSummary]
  /// Each class of the training set in each space; empty without labels.
  public let classes: [ClassRisk]
  /// What does not fit the verdict.
  public let warnings: [String]
  /// What no metric here looked at.
  public let notTested: [String]
  /// Program, command, time and machine.
  public let provenance: AuditProvenance

  /// How much of the training set is copies of other parts of it, in one space.
  public struct DuplicateSummary: Sendable, Codable {
    /// The space's name: `pixels`, `points`, `embeddings`.
    public let space: String
    /// Clusters of copies and near-copies (`DuplicateCluster`), and the training points in them.
    public let clusters, members: Int
  }

  /// How much of the training set is recited, in one space.
  public struct RecitedSummary: Sendable, Codable {
    /// The space's name: `pixels`, `points`, `embeddings`.
    public let space: String
    /// Training items that at least one sample recites, and those samples.
    public let items, samples: Int
  }
}

/// A trajectory and its audits as one JSON document.
public struct AuditTrajectoryDocument: Sendable, Codable {
  /// The version of this format: 1.
  public let schema: Int
  /// What the positions are.
  public let axis: AuditTrajectory.Axis
  /// Clean if every audit is, memorized if one is.
  public let verdict: AuditVerdict
  /// The position up to which, of `samples` from which on, every audit is clean; nil where there is none.
  public let safe: Double?
  /// Gu's effective memorization size and its interval, in training samples; nil of other axes, and where no ratio is
  /// 0.9.
  public let effectiveMemorizationSize, effectiveMemorizationSizeLow, effectiveMemorizationSizeHigh: Double?
  /// One point for each audit, ascending in position.
  public let points: [AuditTrajectory.Point]
  /// The whole of each audit, in the order in which they were made.
  public let audits: [AuditDocument]

  /// `audits` in the order in which they were made.
  public init(_ trajectory: AuditTrajectory, audits: [AuditDocument]) {
    let size = trajectory.effectiveMemorizationSize
    (schema, axis, verdict, safe) = (1, trajectory.axis, trajectory.verdict, trajectory.safe)
    (effectiveMemorizationSize, effectiveMemorizationSizeLow) = (size?.value, size?.low)
    (effectiveMemorizationSizeHigh, points, self.audits) = (size?.high, trajectory.points, audits)
  }
}

/// Where an audit's numbers come from.
public struct AuditProvenance: Sendable, Codable, Hashable {
  /// Of the program, and the commit it was built from, `unknown` where that cannot be told.
  public let version, commit: String
  /// The words of the command.
  public let command: [String]
  /// ISO 8601, UTC.
  public let started: String
  /// Operating system, processor and cores, in words.
  public let machine: String

  /// Words as they will stand in documents; `init(started:)` of `Reports` finds them for this process.
  public init(version: String, commit: String, command: [String], started: String, machine: String) {
    (self.version, self.commit, self.command) = (version, commit, command)
    (self.started, self.machine) = (started, machine)
  }
}
