// SPDX-License-Identifier: MIT
public import Foundation
public import Neighbors

/// One audit: what is compared, by what rule, and with what means.
public struct AuditRequest {
  /// What is compared.
  public var data: AuditData
  /// By what rule, and what is measured.
  public var settings: AuditSettings
  /// Bytes for the searches; results, which grow with the samples, come on top of them. Numbers do not depend on it.
  public var memory: Int
  /// nil for all processors. Numbers do not depend on it.
  public var threads: Int?
  /// Where finished blocks of the searches are kept, so that the same request, stopped, goes on where it was; nil for
  /// nowhere.
  public var blocks: String?

  /// The defaults: 1 GiB for the searches, all processors, no blocks kept. Nothing is read or checked here.
  public init(
    _ data: AuditData, settings: AuditSettings = AuditSettings(), memory: Int = 1 << 30, threads: Int? = nil,
    blocks: String? = nil
  ) {
    (self.data, self.settings, self.memory) = (data, settings, memory)
    (self.threads, self.blocks) = (threads, blocks)
  }
}

/// Several audits of one question, each at its position: checkpoints, sizes of training sets, capacities.
public struct AuditTrajectoryRequest {
  /// What the positions are.
  public let axis: AuditTrajectory.Axis
  /// In the order in which they are made.
  public let audits: [(position: Double, request: AuditRequest)]

  /// Throws `AuditError` where there is no audit, or a position is given twice or is no number.
  public init(
    axis: AuditTrajectory.Axis, audits: [(position: Double, request: AuditRequest)]
  ) throws(AuditError) {
    guard !audits.isEmpty else { throw AuditError("a trajectory of no audits; at least 1 is needed") }
    try Self.check(positions: audits.map(\.position))
    (self.axis, self.audits) = (axis, audits)
  }

  /// Throws `AuditError` for the first position that is no number or is there twice.
  public static func check(positions: [Double]) throws(AuditError) {
    if let wrong = positions.first(where: { !$0.isFinite }) {
      throw AuditError("the position '\(wrong)' is not a finite number; allowed: finite numbers")
    }
    let sorted = positions.sorted()
    if let twice = zip(sorted, sorted.dropFirst()).first(where: { $0 == $1 }) {
      throw AuditError("the position '\(twice.0)' is given twice; allowed: once")
    }
  }
}

/// How far an audit has come.
public enum AuditProgress: Sendable {
  /// The next audit of a trajectory begins.
  case position(Double, AuditTrajectory.Axis)
  /// Something remarkable about the inputs, or about the memory needed, found before any search; it is in the outcome
  /// too.
  case warning(String)
  /// Blocks of a search are done; called between them.
  case searching(space: String, pass: NeighborPass, NeighborProgress)
  /// The searches of a space are over, and its metrics are computed.
  case measuring(space: String)
  /// Searches and metrics of one audit are over, whether they have succeeded or not.
  case ended
}

/// A finished audit.
public struct AuditOutcome: Sendable {
  /// Every number, and the verdict.
  public let result: AuditResult
  /// What was compared: names and pictures of its rows.
  public let data: [SpaceData]
  /// What is remarkable about the inputs and the memory needed, found before the searches.
  public let warnings: [String]
  /// When it began.
  public let started: Date
}
