// SPDX-License-Identifier: MIT
import Audit
import Foundation
import Reports

/// Several audits in one call, as a curve.
struct AuditTrajectoryWork {
  let command: AuditCommand
  let sets: AuditSets
  let axis: AuditTrajectory.Axis

  private struct Document: Encodable {
    let schema = 1
    let axis: AuditTrajectory.Axis
    let verdict: AuditVerdict
    let safe, effectiveMemorizationSize, effectiveMemorizationSizeLow, effectiveMemorizationSizeHigh: Double?
    let points: [AuditTrajectory.Point]
    let audits: [AuditDocument]
  }

  /// The exit code: 0 if every set is clean.
  func run() throws -> Int32 {
    var points: [AuditTrajectory.Point] = []
    var documents: [AuditDocument] = []
    for set in sets.all {
      let position = set.position ?? 0
      if !command.work.quiet { Console.log("\(axis.rawValue) \(Self.text(position))") }
      let (result, document, _) = try command.audit(set, folder: command.out.map { "\($0)/\(Self.text(position))" })
      points.append(AuditTrajectory.Point(position: position, result))
      documents.append(document)
    }
    let trajectory = AuditTrajectory(axis: axis, points: points)
    let limit = try command.rule.settings.maxRatio
    let page = try command.out.map {
      try AuditTrajectoryReport(trajectory, maxRatio: limit, provenance: documents[0].provenance)
        .write(to: URL(fileURLWithPath: $0), formats: FolderReport.standard)
    }
    let isClean = points.allSatisfy { $0.verdict == .clean }
    if command.work.json {
      let size = trajectory.effectiveMemorizationSize
      try Console.json(
        Document(
          axis: axis,
          verdict: isClean ? .clean : points.contains { $0.verdict == .memorized } ? .memorized : .inconclusive,
          safe: trajectory.safe, effectiveMemorizationSize: size?.value, effectiveMemorizationSizeLow: size?.low,
          effectiveMemorizationSizeHigh: size?.high, points: trajectory.points, audits: documents))
    } else {
      try Console.result(AuditText.trajectory(trajectory) + (page.map { "\nreport: \($0)" } ?? ""))
    }
    return isClean ? 0 : 1
  }

  static func text(_ position: Double) -> String {
    position == position.rounded() && abs(position) < 1e15 ? String(Int(position)) : String(position)
  }
}
