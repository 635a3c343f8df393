// SPDX-License-Identifier: MIT
public import Audit
public import Figures
internal import Files
internal import Foundation

/// The folder that the evidence of an audit goes into: of which no file is anyone else's, and which is locked while it
/// is used.
public struct AuditEvidence {
  /// Whether pictures of the data may lie in the folder.
  public let showsPictures: Bool
  /// The formats that figures are drawn in; SVG is always drawn.
  public let formats: Set<FigureFormat>
  private let folder: OwnedFolder
  private let gnuplot: Gnuplot

  /// Opens a folder that is new, empty or that of an earlier audit, before the hours of a search.
  ///
  /// `showsPictures` false keeps every picture out of it; `gnuplot` nil means the one on the search path. Throws
  /// `StoreError` where the folder is someone else's or in use, and `FigureError` without gnuplot.
  public init(
    folder path: String, showsPictures: Bool = true, formats: Set<FigureFormat> = [.svg, .pdf, .png],
    gnuplot: Gnuplot? = nil
  ) throws {
    self.gnuplot = try gnuplot ?? Gnuplot.find()
    (self.showsPictures, self.formats) = (showsPictures, formats)
    folder = try OwnedFolder(path, kind: .audit, legacy: AuditReport.unmarked)
    try folder.requireOwn(AuditReport.tables + [AuditReport.lastFile, AuditTrajectoryReport.lastFile, "report.html"])
  }

  /// Throws `AuditError` where evidence in `folder` would be read as an input the next time, or an input would be
  /// removed.
  public static func check(folder: String, apartFrom inputs: [String]) throws(AuditError) {
    for input in inputs where !input.isEmpty {
      if FileIdentity.isInside(folder, input) {
        throw AuditError("out: '\(folder)' is or lies in the input '\(input)'; allowed: another folder")
      }
      // What an earlier audit left there is removed.
      if ["figures", "neighbors"].contains(where: { FileIdentity.isInside(input, "\(folder)/\($0)") }) {
        throw AuditError("out: the input '\(input)' lies among the evidence in '\(folder)'; allowed: another folder")
      }
    }
  }

  /// Takes the folder back if it was made for this audit and nothing is in it.
  public func abandon() { folder.abandon() }

  /// A folder in use, for what is not held in memory.
  func scratch() throws(StoreError) -> TemporaryFolder { try TemporaryFolder(in: folder.path) }

  /// Where finished blocks of searches are kept.
  var blocks: String { "\(folder.path)/neighbors" }

  /// The folder inside for one audit of a trajectory.
  func inner(_ name: String) throws -> AuditEvidence {
    try AuditEvidence(
      folder: "\(folder.path)/\(name)", showsPictures: showsPictures, formats: formats, gnuplot: gnuplot)
  }

  /// Writes and publishes as a whole; returns the path of the page.
  func publish(_ outcome: AuditOutcome, _ document: AuditDocument) throws -> String {
    let report = AuditReport(
      outcome.result, document: document, train: outcome.data[0].train, generated: outcome.data[0].generated,
      showsPictures: showsPictures)
    try publish(last: AuditReport.lastFile) { try report.write(to: $0, formats: formats, gnuplot: gnuplot) }
    NeighborFileStore(folder: blocks, key: "").removeAll()
    return "\(folder.path)/report.html"
  }

  func publish(_ report: AuditTrajectoryReport) throws -> String {
    try publish(last: AuditTrajectoryReport.lastFile) { try report.write(to: $0, formats: formats, gnuplot: gnuplot) }
    return "\(folder.path)/report.html"
  }

  private func publish(last: String, _ write: (URL) throws -> String) throws {
    let staged = try folder.stage()
    _ = try write(URL(fileURLWithPath: staged))
    try folder.publish(staged, last: last)
  }
}
