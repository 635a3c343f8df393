// SPDX-License-Identifier: MIT
import Denoisers
import Experiments
import Figures
import Memorization
import Prediction
import Reports
import Testing

@Suite struct PredictionsFigureTests {
  private let none = Transition(
    start: Crossing(value: nil, low: nil, high: nil), half: Crossing(value: nil, low: nil, high: nil),
    end: Crossing(value: nil, low: nil, high: nil), monotonicityViolations: 0)

  /// A study that crosses one half, and one from random means that never does.
  private func report() -> StudyReport {
    let usual = SyntheticStudy(losses: false)
    let random = SyntheticStudy(initialization: .gaussian(scale: 1, std: 1), losses: false)
    let low = random.records.filter { $0.settings.capacity < 30 }
    return StudyReport(
      title: "starts", studyText: "", provenance: [], records: usual.records + low,
      transitions: usual.transitions + [(random.configuration(seed: 1), none)],
      predictions: [usual, random].map {
        StudyPrediction($0.configuration(seed: 1).withoutSeeds, seeds: [$0.configuration(seed: 1)], repeats: 2)
      })
  }

  @Test func `a row without a transition is drawn, and says never`() throws {
    let report = report()
    let figure = try #require(report.figures.first { $0.name == "predictions" })
    let labels = figure.panels[0].guides.compactMap { guide -> (String, Double)? in
      if case .label(let text, _, let y, _) = guide { (text.plain, y) } else { nil }
    }
    // Gaussian sorts before partial memorization: the upper row.
    #expect(labels.map(\.0) == ["never"] && labels.allSatisfy { $0.1 > 2 && $0.1 < 2.5 })
    func rows(_ name: String) -> [Double] { figure.data.first { $0.name == name }?.rows.map { $0[1] } ?? [] }
    #expect(rows("measured") == [1] && rows("finite-size") == [2, 1] && rows("hard-em-sampled") == [1])
    #expect(figure.caption.plain.contains("never") && figure.caption.plain.contains("absent elsewhere"))
  }

  @Test func `the file leaves hard EM empty for another start`() throws {
    let folder = try ScratchFolder("predictions")
    try report().write(to: folder.url, formats: [.svg])
    let rows = try folder.text("predictions.csv").split(separator: "\n")
    let columns = rows[0].split(separator: ",").map(String.init)
    let fields = try #require(rows.first { $0.contains("gaussian") }).split(
      separator: ",", omittingEmptySubsequences: false)
    for name in columns where name.hasPrefix("hard-em") {
      // The name of the configuration holds a comma.
      let index = try #require(columns.firstIndex(of: name)) + fields.count - columns.count
      #expect(fields[index].isEmpty, "\(name): \(fields[index])")
    }
  }
}
