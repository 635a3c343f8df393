// SPDX-License-Identifier: MIT

/// The result of an audit as one JSON document; `schema` changes when a field changes its meaning.
public struct AuditDocument: Sendable, Codable {
  public let schema: Int
  public let verdict: AuditVerdict
  public let maxRatio, confidence: Double
  /// One sentence.
  public let summary: String
  public let metrics: [AuditMetric]
  public let inputs: [AuditInput]
  public let settings: AuditSettings
  public let duplicates: [DuplicateSummary]
  public let recited: [RecitedSummary]
  public let classes: [ClassRisk]
  /// What does not fit the verdict.
  public let warnings: [String]
  /// What no metric here looked at.
  public let notTested: [String]
  public let provenance: AuditProvenance

  public struct DuplicateSummary: Sendable, Codable {
    public let space: String
    public let clusters, members: Int
  }

  public struct RecitedSummary: Sendable, Codable {
    public let space: String
    /// Training items that at least one sample recites, and those samples.
    public let items, samples: Int
  }
}

/// A trajectory and its audits as one JSON document.
public struct AuditTrajectoryDocument: Sendable, Codable {
  public let schema: Int
  public let axis: AuditTrajectory.Axis
  public let verdict: AuditVerdict
  public let safe: Double?
  public let effectiveMemorizationSize, effectiveMemorizationSizeLow, effectiveMemorizationSizeHigh: Double?
  public let points: [AuditTrajectory.Point]
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
  public let version, commit: String
  public let command: [String]
  public let started: String
  public let machine: String

  public init(version: String, commit: String, command: [String], started: String, machine: String) {
    (self.version, self.commit, self.command) = (version, commit, command)
    (self.started, self.machine) = (started, machine)
  }
}
