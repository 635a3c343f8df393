// SPDX-License-Identifier: MIT
internal import Files
public import Audit
public import Figures
public import Foundation
internal import Pictures

/// Everything an audit leaves in its folder: page, document, tables, figures, contact sheets.
///
/// Whoever calls gives a folder of its own to write into, and publishes it as a whole (`OwnedFolder`).
public struct AuditReport {
  private let result: AuditResult
  private let document: AuditDocument
  private let train, generated: AuditDataset
  private let showsPictures: Bool

  /// `showsPictures` false keeps every picture out of the folder.
  public init(
    _ result: AuditResult, document: AuditDocument, train: AuditDataset, generated: AuditDataset, showsPictures: Bool
  ) {
    (self.result, self.document, self.train, self.generated) = (result, document, train, generated)
    self.showsPictures = showsPictures
  }

  /// Writes the files and returns the path of the page. `gnuplot` nil means the one on the search path.
  ///
  /// Throws `FigureError`, `StoreError`, `PictureError`.
  public func write(to folder: URL, formats: Set<FigureFormat>, gnuplot: Gnuplot? = nil) throws -> String {
    let figureFolder = folder.appendingPathComponent("figures")
    try FileManager.default.createDirectory(at: figureFolder, withIntermediateDirectories: true)
    try AtomicFile.write(json(), to: folder.appendingPathComponent("audit.json").path)
    let tables = AuditTables(result, generatedName: generated.name, trainName: train.name)
    for (name, table) in tables.all { try table.write(to: folder.appendingPathComponent(name).path) }
    let program = try gnuplot ?? Gnuplot.find()
    let drawn = try result.spaces.map { space in
      let figure = AuditRatioFigure(audit: space).figure
      try figure.write(to: figureFolder, formats: formats.union([.svg]), with: program)
      return (
        figure, try GnuplotFigure.read(figureFolder.appendingPathComponent("\(figure.name).svg"))
      )
    }
    let sheets = try sheets()
    for sheet in sheets {
      try AtomicFile.write(sheet.png, to: figureFolder.appendingPathComponent("\(sheet.name).png").path)
      try AtomicFile.write(sheet.text, to: figureFolder.appendingPathComponent("\(sheet.name).txt").path)
    }
    let page = AuditPage(
      result: result, document: document, figures: drawn, sheets: sheets, trainName: train.name,
      pictures: showsPictures || train.pictures == nil)
    let path = folder.appendingPathComponent("report.html").path
    try AtomicFile.write(page.html, to: path)
    return path
  }

  private func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }

  /// The file that is there when all of them are.
  public static let lastFile = "audit.json"

  /// The tables, the last one of labelled training data alone.
  public static let tables = ["metrics.csv", "samples.csv", "recited.csv", "duplicates.csv", "classes.csv"]

  /// What a version before 0.2, which marked no folders, published in a folder; it is known by its audit.json.
  public static func unmarked(in folder: String) -> [String] {
    struct Head: Decodable {
      let schema: Int
      let verdict: AuditVerdict
    }
    guard let bytes = try? OpenFile.read("\(folder)/\(lastFile)"),
      (try? JSONDecoder().decode(Head.self, from: Data(bytes))) != nil
    else { return [] }
    let figures = ((try? Folder.names(in: "\(folder)/figures")) ?? []).filter {
      $0.hasPrefix("worst-") || $0.hasPrefix("ratios-")
    }
    return [lastFile, "report.html"] + tables + figures.map { "figures/\($0)" }
  }

  private func sheets() throws(PictureError) -> [PictureSheet] {
    guard showsPictures, let trained = train.pictures, let made = generated.pictures else { return [] }
    return try AuditSheets(audit: result.leading, train: trained, generated: made).sheets()
  }
}
