// SPDX-License-Identifier: MIT
import Experiments
import Figures
import Foundation
import Reports
import RunStore

/// Writes figures and page of a run folder from what it holds.
struct FolderReport {
  let folder: String
  let formats: Set<FigureFormat>

  static let standard: Set<FigureFormat> = [.svg, .pdf, .png]

  /// The path of the page.
  func write() throws -> String {
    let folder = RunFolder(folder)
    try folder.requireExisting()
    let (records, torn) = try folder.records()
    if torn != nil { Console.warning("\(folder.recordsPath): the last line is unfinished and was left out") }
    let text = try folder.study()
    let study = try Study.parse(text, source: folder.studyPath, allowManyRuns: true)
    let results = StudyResults(records)
    let report = StudyReport(
      title: study.title, studyText: text, provenance: try provenance(folder), records: records,
      transitions: results.families.map { ($0.configuration, $0.transition) })
    try report.write(to: URL(fileURLWithPath: folder.path), formats: formats)
    return folder.reportPath
  }

  private func provenance(_ folder: RunFolder) throws -> [(name: String, value: String)] {
    guard let first = try folder.provenances(Provenance.self).first else { return [] }
    return [
      ("version", "\(first.version), commit \(first.commit)"), ("command", first.commandLine.joined(separator: " ")),
      ("system", first.operatingSystem), ("processor", "\(first.cpu), \(first.cores) cores"),
      ("linear algebra", first.blas), ("seeds", first.seeds.map(String.init).joined(separator: ", ")),
      ("started", first.started),
    ]
  }
}
