// SPDX-License-Identifier: MIT
import Denoisers
import Experiments
import Figures
import Foundation
import Reports
import Testing

/// Which figures a report has, and what they frame.
@Suite struct ReportFiguresTests {
  private func figures(_ studies: [SyntheticStudy]) -> [GnuplotFigure] {
    StudyReport(
      title: "", studyText: "", provenance: [], records: studies.flatMap(\.records),
      transitions: studies.flatMap(\.transitions)
    ).figures
  }

  @Test func `up to 24 configurations share a figure with few ticks, more do not`() throws {
    let studies = (1...25).map { SyntheticStudy(variance: Double($0) / 10, losses: false, trials: 100) }
    let shared = try #require(figures(Array(studies.dropLast())).first { $0.name == "configurations" })
    let axis = shared.panels[1].x
    let ticks = try #require(axis.ticks)
    #expect((2...6).contains(ticks.count) && axis.low ?? 1 < axis.high ?? 0)
    #expect(!figures(studies).contains { $0.name == "configurations" })
  }

  @Test func `configurations that differ in the name of a setting alone have one order`() {
    let starts = (1...4).flatMap { std -> [Initialization] in
      [.sphere(radius: nil, std: Double(std)), .partialMemorization(std: Double(std))]
    }
    let report = figures(starts.map { SyntheticStudy(initialization: $0, losses: false, trials: 100) })
    let caption = report[0].caption.plain
    let places = ["partialMemorization std 4", "sphere std 1"].map { caption.range(of: $0)?.lowerBound }
    #expect((places[0].flatMap { first in places[1].map { first < $0 } }) == true, "\(caption)")
  }

  @Test func `the measured against predicted frame holds the near methods and names the far ones`() throws {
    let sweep = try SweepReportTests.Sweep()
    let report = SweepReport(title: "", rows: sweep.rows, predictions: sweep.predictions)
    let figure = try #require(report.figures.first { $0.name == "sweep-residuals" })
    let low = try #require(figure.panels[0].x.low)
    #expect(low > 0.7 && figure.panels[0].y.low == low)
    #expect(figure.caption.plain.contains("Outside the left frame: closed-form-c1."))
    #expect(figure.data.contains { $0.name == "closed-form-c1" && $0.rows.count == 64 })
  }

  @Test func `what an earlier report left is removed, other files stay`() throws {
    let folder = try ScratchFolder("stale")
    let sweep = try SweepReportTests.Sweep()
    let place = folder.url
    try SweepReport(title: "old", rows: sweep.rows).write(to: place, formats: [.svg, .tikz])
    for (name, text) in [
      ("predictions.csv", "old"), ("notes.txt", "mine"), ("figures/mine.gp", "# ratio: a copy"),
      ("figures/mine.svg", ""),
    ] {
      try text.write(to: place.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    let study = SyntheticStudy(losses: false)
    let report = StudyReport(
      title: "new", studyText: "", provenance: [], records: study.records, transitions: study.transitions)
    try report.write(to: place, formats: [.svg, .tikz])
    try report.write(to: place, formats: [.svg]).removeOthers(from: place, formats: [.svg])
    let files = Set(folder.files)
    #expect(!files.contains { $0.contains("sweep") || $0.contains("predictions") || $0.hasSuffix(".tex") }, "\(files)")
    for name in [
      "report.html", "notes.txt", "figures/mine.gp", "figures/mine.svg", "figures/ratio.svg", "figures/ratio.dat",
    ] {
      #expect(files.contains(name), "\(name) is gone")
    }
  }
}
