// SPDX-License-Identifier: MIT
import Audit
import Figures
import Files
import Foundation
import Reports

/// Several audits in one call, as a curve.
struct AuditTrajectoryWork {
  let command: AuditCommand
  let sets: AuditSets
  let axis: AuditTrajectory.Axis
  let folder: OwnedFolder?
  let gnuplot: Gnuplot?

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
      let inner = try folder.map { try AuditCommand.folder("\($0.path)/\(Self.text(position))") }
      do {
        let (result, document, _) = try command.audit(set, folder: inner, gnuplot: gnuplot)
        points.append(AuditTrajectory.Point(position: position, result))
        documents.append(document)
      } catch {
        inner?.abandon()
        throw error
      }
    }
    let trajectory = AuditTrajectory(axis: axis, points: points)
    let page = try folder.map { folder in
      let staged = try folder.stage()
      let report = try AuditTrajectoryReport(
        trajectory, maxRatio: command.rule.settings.maxRatio, provenance: documents[0].provenance)
      _ = try report.write(to: URL(fileURLWithPath: staged), formats: FolderReport.standard, gnuplot: gnuplot)
      try folder.publish(staged, last: AuditTrajectoryReport.last)
      return "\(folder.path)/report.html"
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
