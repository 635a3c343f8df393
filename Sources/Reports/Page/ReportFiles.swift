// SPDX-License-Identifier: MIT
public import Figures
public import Foundation

/// The files of a report, by name: `report.html`, `predictions.csv`, `figures/ratio` (all of a figure's).
public struct ReportFiles: Sendable, Hashable {
  /// Relative to the report's folder; a figure without its extension.
  public private(set) var names: Set<String>

  init(_ names: [String], figures: [GnuplotFigure]) { self.names = Set(names + figures.map { "figures/\($0.name)" }) }

  /// The files of both.
  public func union(_ others: ReportFiles) -> ReportFiles {
    var all = self
    all.names.formUnion(others.names)
    return all
  }

  /// Tables and pages that some reports have and others lack.
  private static let optional = ["predictions.csv", "sweep.csv", "sweep.html"]

  /// Removes what an earlier report left in the folder and this one did not write: tables, pages, and figures, also in
  /// formats not asked for this time. A figure is known by its script, which begins with its name; files of any other
  /// origin stay.
  public func removeOthers(from folder: URL, formats: Set<FigureFormat>) throws(FigureError) {
    for name in Self.optional where !names.contains(name) { try Self.remove(folder.appendingPathComponent(name)) }
    let figures = folder.appendingPathComponent("figures")
    let drawn = Set(formats.union([.svg]).map(\.fileExtension))
    for name in Self.figures(in: figures) {
      let kept = names.contains("figures/\(name)") ? drawn.union(["gp", "dat", "csv"]) : []
      for ending in FigureFormat.allCases.map(\.fileExtension) + ["dat", "csv", "gp"] where !kept.contains(ending) {
        try Self.remove(figures.appendingPathComponent("\(name).\(ending)"))
      }
    }
  }

  /// The names of scripts that were written by a report.
  private static func figures(in folder: URL) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".gp") }.map { String($0.dropLast(3)) }.filter { name in
      let text = try? String(contentsOf: folder.appendingPathComponent("\(name).gp"), encoding: .utf8)
      return text?.hasPrefix("# \(name):") == true
    }
  }

  private static func remove(_ file: URL) throws(FigureError) {
    guard FileManager.default.fileExists(atPath: file.path) else { return }
    do { try FileManager.default.removeItem(at: file) } catch {
      throw .cannotWrite(path: file.path, reason: error.localizedDescription)
    }
  }
}
