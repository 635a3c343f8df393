// SPDX-License-Identifier: MIT
import Experiments
import Memorization
import Reports
import Testing

@Suite struct TerminalTextTests {
  @Test func theCurveTakesTenLinesAndRises() throws {
    let lines = CurveText.render(SyntheticStudy().records).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 10)
    #expect(lines.allSatisfy { $0.count <= 72 })
    let top = try #require(lines.first?.firstIndex(of: "o"))
    #expect(lines[0].distance(from: lines[0].startIndex, to: top) == 68, "the ratio is one at M = N alone")
    #expect(lines[8].contains(". . ."), "the null is drawn")
    #expect(lines[9].contains("M/N=1.00"))
  }

  @Test func nothingToDrawIsSaid() {
    #expect(CurveText.render([]) == "no finished training to draw")
  }

  @Test(arguments: [1, 3, 5]) func aStudyOfSeedsIsSummarizedInTenLines(count: Int) throws {
    let study = SyntheticStudy(seeds: (1...UInt64(count)).map { $0 })
    let text = SummaryText.tenLines(
      title: "quickstart", records: study.records, transitions: study.transitions, report: "Runs/1/report.html")
    let lines = text.split(separator: "\n")
    #expect(lines.count <= 10 && lines.last == "report: Runs/1/report.html")
    #expect(text.contains("start: partial-memorization, std 0.001") && text.contains("d = 30, K = 3, N = 50"))
    #expect(text.contains("null 0.00") && text.contains("2,000 samples per model"))
    let half = try #require(study.transitions[0].transition.half.value)
    let row = try #require(lines.first { $0.contains("data seed 1 ") })
    #expect(row.contains(half.threeDecimals))
    #expect(lines.contains { $0.contains("mean (Student's interval)") } == (count > 1))
  }

  @Test func manyConfigurationsStillTakeTenLines() {
    let studies = (1...12).map { SyntheticStudy(dimension: 10 * $0) }
    let text = SummaryText.tenLines(
      title: "grid", records: studies.flatMap(\.records), transitions: studies.flatMap(\.transitions), report: "r")
    #expect(text.split(separator: "\n").count <= 10)
    let dimensions = text.matches(of: #/ d = (\d+),/#).compactMap { Int($0.output.1) }
    #expect(dimensions == [10, 20, 30, 40, 50, 60], "configurations come in order of d, K, N")
    #expect(text.contains("and 6 more configurations in the report"))
  }
}
