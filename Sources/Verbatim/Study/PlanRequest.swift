// SPDX-License-Identifier: MIT
public import Experiments
internal import RunStore

/// What a study would run: nothing is trained and nothing written.
public struct PlanRequest: Sendable {
  /// What would be run.
  public var study: Study
  /// The run folder, whose runs need not be repeated; it need not exist.
  public var folder: String
  /// nil for all processors.
  public var threads: Int?

  /// Nothing is read here.
  public init(_ study: Study, in folder: String, threads: Int? = nil) {
    (self.study, self.folder, self.threads) = (study, folder, threads)
  }

  /// Throws `StoreError` for a folder that cannot be read, `RequestError` for threads out of range.
  public func run() throws -> PlanOutcome {
    let folder = RunFolder(folder)
    let existing = folder.exists ? Set(try folder.records().records.map(\.identifier)) : []
    let threads = try Processors.threads(threads)
    return PlanOutcome(
      study: study, folder: self.folder, threads: threads, plan: RunPlan(study, existing: existing, threads: threads))
  }
}

/// A plan with its words.
public struct PlanOutcome: Sendable {
  /// As in the request.
  public let study: Study
  /// As in the request.
  public let folder: String
  /// Threads that the estimate counts with.
  public let threads: Int
  /// Every run of the grid, and the time it will take.
  public let plan: RunPlan

  /// The same as one JSON document.
  public var document: PlanDocument { PlanDocument(self) }

  /// For a terminal.
  public var text: String {
    let document = document
    let axis = study.configurations.first?.capacityAxis ?? .components
    var lines = ["\(study.title)  ->  \(folder)"]
    for row in document.configurations.prefix(20) {
      lines.append(
        "  d=\(row.dimension) K=\(row.trueComponents) N=\(row.samples) variance=\(row.variance) \(row.process) "
          + "\(row.preset) data seed \(row.dataSeed) seed \(row.seed): \(axis.symbol) = "
          + row.components.map(String.init).joined(separator: " ")
          + (row.existing > 0 ? "  (\(row.existing) exist)" : ""))
    }
    if document.configurations.count > 20 { lines.append("  .. and \(document.configurations.count - 20) more") }
    lines.append(
      (plan.models == plan.remaining
        ? "\(plan.remaining) trainings to run" : "\(plan.remaining) runs of \(plan.models) trained models")
        + ", \(plan.existing) exist, up to \(plan.refinementUpTo) more around transitions")
    lines.append(
      "about \(ClockText.of(seconds: plan.estimatedSeconds)) on \(threads) threads (good to a factor of two or three)")
    return (lines + study.warnings.map { "warning: \($0)" }).joined(separator: "\n")
  }
}
