// SPDX-License-Identifier: MIT
public import Audit
internal import Foundation

/// A finished audit with its words and evidence.
public struct AuditReportOutcome: Sendable {
  /// Every number, and the verdict.
  public let result: AuditResult
  /// The same with its words, as `audit.json` has it.
  public let document: AuditDocument
  /// What is remarkable about the inputs and the memory needed, found before the searches.
  public let warnings: [String]
  /// `report.html` in the folder of the evidence; nil without one.
  public let page: String?
}

/// A finished trajectory with its words and evidence.
public struct AuditTrajectoryOutcome: Sendable {
  /// The curve: a verdict and the deciding ratio for each position.
  public let trajectory: AuditTrajectory
  /// The same with the whole of each audit, as JSON.
  public let document: AuditTrajectoryDocument
  /// Those of all audits, in the order in which they were made.
  public let warnings: [String]
  /// The page of the curve, `report.html` in the folder of the evidence; nil without one.
  public let page: String?
}

extension Audit {
  /// Audits, and leaves evidence in a folder if one is given, which is taken back if nothing comes of it.
  ///
  /// Blocks of the searches are kept in the folder until the evidence is there: the same request, stopped, goes on
  /// where it was. Throws what `Audit.run` throws, and `FigureError`.
  public static func report(
    _ request: AuditRequest, evidence: AuditEvidence? = nil,
    progress: @escaping (AuditProgress) -> Void = { _ in }, shouldStop: @escaping () -> Bool = { false }
  ) throws -> AuditReportOutcome {
    try withReader(evidence) { reader in
      try report(request, evidence, reader: reader, progress: progress, shouldStop: shouldStop)
    }
  }

  /// The audits of a trajectory one after the other, each with its own evidence in the folder named for its position.
  public static func report(
    _ request: AuditTrajectoryRequest, evidence: AuditEvidence? = nil,
    progress: @escaping (AuditProgress) -> Void = { _ in }, shouldStop: @escaping () -> Bool = { false }
  ) throws -> AuditTrajectoryOutcome {
    try withReader(evidence) { reader in
      var (documents, warnings): ([AuditDocument], [String]) = ([], [])
      let trajectory = try AuditTrajectory(request, progress: progress) { position, audit in
        let inner = try evidence?.inner(AuditTrajectory.name(position))
        do {
          let outcome = try report(audit, inner, reader: reader, progress: progress, shouldStop: shouldStop)
          documents.append(outcome.document)
          warnings += outcome.warnings
          return outcome.result
        } catch {
          inner?.abandon()
          throw error
        }
      }
      let curve = AuditTrajectoryReport(
        trajectory, maxRatio: documents[0].maxRatio, provenance: documents[0].provenance)
      return AuditTrajectoryOutcome(
        trajectory: trajectory, document: AuditTrajectoryDocument(trajectory, audits: documents), warnings: warnings,
        page: try evidence?.publish(curve))
    }
  }

  private static func report(
    _ request: AuditRequest, _ evidence: AuditEvidence?, reader: DatasetReader,
    progress: @escaping (AuditProgress) -> Void, shouldStop: @escaping () -> Bool
  ) throws -> AuditReportOutcome {
    var request = request
    if let evidence { request.blocks = evidence.blocks }
    let outcome = try run(request, reader: reader, progress: progress, shouldStop: shouldStop)
    let document = outcome.result.document(AuditProvenance(started: outcome.started))
    return AuditReportOutcome(
      result: outcome.result, document: document, warnings: outcome.warnings,
      page: try evidence?.publish(outcome, document))
  }

  /// Data in use lie in the folder of the evidence, where their leftovers are found again.
  private static func withReader<Outcome>(
    _ evidence: AuditEvidence?, _ body: (DatasetReader) throws -> Outcome
  ) throws -> Outcome {
    do { return try body(DatasetReader(scratch: evidence?.scratch())) } catch {
      evidence?.abandon()
      throw error
    }
  }
}
