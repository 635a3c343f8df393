// SPDX-License-Identifier: MIT
import Figures
import Foundation
import Testing

@Suite struct GnuplotTests {
  private var figure: GnuplotFigure {
    GnuplotFigure(
      name: "line", caption: "A *line*.",
      panels: [
        Panel(
          x: Axis("it's *x*"), y: Axis("*y*", low: 0.1, high: 100, logarithmic: true),
          top: Panel.TopScale("ten *x*", perUnit: 10), guides: [.horizontal(at: 1), .band(from: 1, to: 2)],
          series: [
            Series(
              "points", .joinedIntervals(x: "x", y: "y", low: "low", high: "high"), SeriesStyle("#102030"),
              title: "points")
          ])
      ], data: [DataBlock("points", columns: ["x", "y", "low", "high"], rows: [[1, 2, 1, 3], [2, 5, 4, 6]])],
      extraLegend: [.band("band")])
  }

  @Test func aMissingProgramIsNamedWithTheLineThatInstallsIt() {
    let error = #expect(throws: FigureError.self) { try Gnuplot.find(searchPath: "/nonexistent:/also-not") }
    #expect(error == .programMissing(name: "gnuplot", searchPath: "/nonexistent:/also-not"))
    #expect(error?.description.contains("apt-get install --yes gnuplot-nox fonts-stix") == true)
  }

  @Test func everyFormatIsDrawnBesideItsDataAndScript() throws {
    let folder = try ScratchFolder("gnuplot")
    try figure.write(to: folder.url, formats: Set(FigureFormat.allCases), with: try Gnuplot.find())
    #expect(
      folder.files == ["line.csv", "line.dat", "line.gp", "line.pdf", "line.png", "line.svg", "line.tex"])
    for file in folder.files {
      #expect(try Data(contentsOf: folder.url.appendingPathComponent(file)).count > 20, "\(file) is empty")
    }
    #expect(try folder.text("line.svg").contains("it's "))
  }

  @Test func anEditedScriptRunsAgainInItsFolder() throws {
    let folder = try ScratchFolder("rerun")
    let gnuplot = try Gnuplot.find()
    try figure.write(to: folder.url, formats: [.svg], with: gnuplot)
    let first = try folder.text("line.svg")
    try gnuplot.draw("line.gp", in: folder.url, formats: [.svg])
    #expect(try folder.text("line.svg") == first, "the same script draws the same bytes")
    let edited = try folder.text("line.gp").replacingOccurrences(of: "{/:Italic y}", with: "height")
    try GnuplotFigure.write(edited, to: folder.url.appendingPathComponent("line.gp"))
    try gnuplot.draw("line.gp", in: folder.url, formats: [.svg])
    #expect(try folder.text("line.svg").contains("height"))
  }

  @Test func aBrokenScriptReportsGnuplotsOwnMessage() throws {
    let folder = try ScratchFolder("broken")
    try GnuplotFigure.write("plot nonsense(\n", to: folder.url.appendingPathComponent("broken.gp"))
    let error = #expect(throws: FigureError.self) {
      try Gnuplot.find().draw("broken.gp", in: folder.url, formats: [.svg])
    }
    #expect(error?.description.contains("broken.gp") == true && error?.description.contains("line 1") == true)
  }

  @Test func aFolderThatCannotBeWrittenIsNamed() throws {
    let error = #expect(throws: FigureError.self) {
      try GnuplotFigure.write("x", to: URL(fileURLWithPath: "/nonexistent/file.gp"))
    }
    #expect(error?.description.hasPrefix("cannot write /nonexistent/file.gp") == true)
  }
}
