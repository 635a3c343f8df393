// SPDX-License-Identifier: MIT

/// Several generated sets of one question: checkpoints of a training, or models of more and more training data.
public struct AuditTrajectory: Sendable, Codable, Hashable {
  /// What the positions are.
  public enum Axis: String, Sendable, Codable, CaseIterable {
    /// Training steps of a checkpoint, training samples of a model, or components of one.
    case step, samples, components
  }

  /// One audit of a trajectory.
  public struct Point: Sendable, Codable, Hashable {
    /// Steps, samples or components, by the axis.
    public let position: Double
    /// What that audit says.
    public let verdict: AuditVerdict
    /// The duplicate-aware ratio of the leading space.
    public let metric: AuditMetric

    /// Numbers that are there already, such as those read from a document.
    public init(position: Double, verdict: AuditVerdict, metric: AuditMetric) {
      (self.position, self.verdict, self.metric) = (position, verdict, metric)
    }

    /// The verdict of `result`, and the metric that decides in its leading space.
    public init(position: Double, _ result: AuditResult) {
      (self.position, verdict, metric) = (position, result.verdict, result.leading.verdictMetric)
    }
  }

  /// A position without decimals if it has none, as folders and logs name it: `5000`, `0.5`.
  public static func name(_ position: Double) -> String {
    position == position.rounded() && abs(position) < 1e15 ? String(Int(position)) : String(position)
  }

  /// What the positions are.
  public let axis: Axis
  /// Ascending in position.
  public let points: [Point]

  /// Sorts the points by position.
  public init(axis: Axis, points: [Point]) {
    (self.axis, self.points) = (axis, points.sorted { $0.position < $1.position })
  }

  /// Makes the audits of a request one after the other, each by `audit`.
  public init(
    _ request: AuditTrajectoryRequest, progress: (AuditProgress) -> Void = { _ in },
    audit: (_ position: Double, _ request: AuditRequest) throws -> AuditResult
  ) throws {
    var points: [Point] = []
    for (position, one) in request.audits {
      progress(.position(position, request.axis))
      let result = try audit(position, one)
      points.append(Point(position: position, result))
    }
    self.init(axis: request.axis, points: points)
  }

  /// Clean if every set is, memorized if one is.
  public var verdict: AuditVerdict {
    if points.allSatisfy({ $0.verdict == .clean }) { return .clean }
    return points.contains { $0.verdict == .memorized } ? .memorized : .inconclusive
  }

  /// The largest position such that it and all smaller ones are clean; of training-set sizes the smallest such that it and
  /// all larger ones are: more data are safer, more steps and capacity are not.
  public var safe: Double? {
    switch axis {
    case .step, .components: points.prefix { $0.verdict == .clean }.last?.position
    case .samples: points.reversed().prefix { $0.verdict == .clean }.last?.position
    }
  }

  /// Gu's effective memorization size: the largest training set of which the ratio is at least 0.9. With it an interval: the
  /// largest size whose interval's lower, and upper, end is at least 0.9. nil of other axes, and where no ratio is.
  public var effectiveMemorizationSize: (value: Double, low: Double?, high: Double?)? {
    guard axis == .samples, let value = largest(\.value) else { return nil }
    return (value, largest { $0.low ?? $0.value }, largest { $0.high ?? $0.value })
  }

  private func largest(_ ratio: (AuditMetric) -> Double) -> Double? {
    points.last { ratio($0.metric) >= 0.9 }?.position
  }
}
