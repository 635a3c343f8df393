// SPDX-License-Identifier: MIT
import Denoisers
import Experiments
import Figures
import Foundation
import Memorization
import Reports
import Statistics
import Testing

@Suite struct StudyReportTests {
  private func write(
    _ records: [RunRecord], _ transitions: [(configuration: Configuration, transition: Transition)],
    title: String = "A study", studyText: String = "name: a-study", formats: Set<FigureFormat> = [.svg]
  ) throws -> ScratchFolder {
    let folder = try ScratchFolder("report")
    let report = StudyReport(
      title: title, studyText: studyText, provenance: [("Version", "0.1.0")], records: records,
      transitions: transitions)
    try report.write(to: folder.url, formats: formats)
    return folder
  }

  private func figureNames(_ folder: ScratchFolder) -> [String] {
    folder.files.filter { $0.hasSuffix(".gp") }.map { String($0.dropFirst("figures/".count).dropLast(3)) }
  }

  @Test func dataFilesHoldWhatTheRecordsSay() throws {
    let study = SyntheticStudy()
    let folder = try write(study.records, study.transitions)
    #expect(figureNames(folder) == ["learned", "loss-times", "losses", "ratio", "theory"])
    let rows = try folder.text("figures/ratio.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(rows[0].starts(with: ["series", "M", "M/N", "ratio", "low", "high", "trials"]))
    let measured = rows.filter { $0[0] == "ratio data seed 1" }
    #expect(measured.count == study.records.count)
    for (row, record) in zip(measured, study.records) {
      let ratio = try #require(record.measurements).ratio
      #expect(Int(row[1]) == record.settings.capacity)
      #expect(Double(row[2]) == Double(record.settings.capacity) / 50)
      #expect(row[3...6].map { Double($0) } == [ratio.value, ratio.low, ratio.high, Double(ratio.trials)])
    }
    let learned = try folder.text("figures/learned.csv")
    let last = try #require(study.records.last?.measurements)
    let (std, distances) = (try #require(last.learnedStd), try #require(last.meanToSample))
    #expect(learned.contains("\(std * std)") && learned.contains("\(distances.p90)"))
    let trained = try #require(last.losses.first { $0.subject == .trained && $0.split == .test })
    let loss = try #require(trained.nearest(signalToNoise: 6.704))
    #expect(try folder.text("figures/losses.csv").contains("test trained,1,\(loss.value),\(loss.low),\(loss.high)"))
  }

  @Test func thePageStatesTheResultTheSettingsAndTheStart() throws {
    let study = SyntheticStudy(initialization: .gaussian(scale: 2, std: 0.75))
    let page = try write(study.records, study.transitions).text("report.html")
    let half = try #require(study.transitions.first?.transition.half)
    let value = try #require(half.value).threeDecimals
    #expect(page.contains("passes one half at <i>M</i><sub>pt</sub>/<i>N</i> = \(value) ["))
    let captions = page.components(separatedBy: "<figcaption>").dropFirst()
    #expect(captions.count == 5)
    for caption in captions {
      let text = caption.components(separatedBy: "</figcaption>")[0]
      for part in [
        "<i>d</i> = 30", "<i>K</i> = 3", "<i>N</i> = 50", "start: gaussian, std 0.75", "5,000 steps", "data seed 1",
      ] {
        #expect(text.contains(part), "caption without \(part): \(text)")
      }
    }
  }

  @Test func thePageIsSelfContainedAndTheSameTwice() throws {
    let study = SyntheticStudy(seeds: [1, 2])
    let page = try write(study.records, study.transitions).text("report.html")
    #expect(page == (try write(study.records.reversed(), study.transitions.reversed()).text("report.html")))
    #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("<script") && !page.contains("<link"))
    #expect(page.contains("<svg") && !page.contains("<img") && !page.contains("@import"))
    let identifiers = page.matches(of: #/\sid=['"]([^'"]+)['"]/#).map { String($0.output.1) }
    #expect(identifiers.count > 20 && Set(identifiers).count == identifiers.count, "identifiers repeat on the page")
    for reference in page.matches(of: #/href=['"]#([^'"]+)['"]/#) {
      #expect(identifiers.contains(String(reference.output.1)), "nothing is called \(reference.output.1)")
    }
  }

  @Test func hostileTitlesAreEscaped() throws {
    let study = SyntheticStudy(losses: false)
    let page = try write(
      study.records, study.transitions, title: "</title><script>alert(1)</script> & 'co'",
      studyText: "name: </pre><img src=x onerror=alert(1)>"
    ).text("report.html")
    #expect(!page.contains("<script>") && !page.contains("<img"))
    #expect(page.contains("<h1>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#39;co&#39;</h1>"))
    #expect(page.contains("&lt;/pre&gt;&lt;img src=x"))
  }

  @Test func severalSeedsShowTheirSpreadAndTheirMean() throws {
    let study = SyntheticStudy(seeds: [1, 2, 3])
    let folder = try write(study.records, study.transitions)
    #expect(figureNames(folder).contains("seeds"))
    let halves = study.transitions.compactMap(\.transition.half.value)
    let mean = (halves.reduce(0, +) / 3).threeDecimals
    let page = try folder.text("report.html")
    #expect(page.contains("= \(mean) [") && page.contains("mean over 3 seeds with Student&#39;s 95 % interval"))
    for seed in 1...3 { #expect(page.contains("<h3>Data seed \(seed)</h3>")) }
    #expect(try folder.text("figures/seeds.csv").contains("half,"))
  }

  @Test func severalConfigurationsAreToldApart() throws {
    let studies = [SyntheticStudy(variance: 0.5), SyntheticStudy(), SyntheticStudy(dimension: 40, losses: false)]
    let folder = try write(studies.flatMap(\.records), studies.flatMap(\.transitions))
    let names = figureNames(folder)
    for name in ["configurations", "ratio-d30-k3-n50", "ratio-d30-k3-n50-2", "ratio-d40-k3-n50"] {
      #expect(names.contains(name), "\(names)")
    }
    let page = try folder.text("report.html")
    #expect(page.contains("variance 0.5") && page.contains("(1) <i>d</i> = 30"))
  }

  @Test func divergedTrainingsAreListedButNotPlotted() throws {
    let study = SyntheticStudy(losses: false)
    var records = study.records
    records[3].outcome = .diverged(step: 1234, advice: "lower the peak rate")
    records[3].measurements = nil
    let folder = try write(records, study.transitions)
    let page = try folder.text("report.html")
    #expect(page.contains("Trainings that diverged") && page.contains("1,234") && page.contains("lower the peak rate"))
    let rows = try folder.text("figures/ratio.csv").split(separator: "\n").filter { $0.hasPrefix("ratio data seed 1,") }
    #expect(rows.count == records.count - 1)
    #expect(!rows.contains { $0.hasPrefix("ratio data seed 1,\(records[3].settings.capacity),") })
  }

  @Test func noRecordsGiveASentenceAndNoFigure() throws {
    let folder = try write([], [])
    #expect(folder.files == ["report.html"])
    #expect(try folder.text("report.html").contains("No training has been recorded yet"))
  }

  @Test func aTransitionOutOfRangeIsSaidNotDrawn() throws {
    let study = SyntheticStudy(losses: false)
    let configuration = study.configuration(seed: 1)
    let none = Crossing(value: nil, low: nil, high: nil, reason: "the ratio stays below 0.5")
    let records = study.records.filter { $0.settings.capacity < 30 }
    let transition = Transition(start: none, half: none, end: none, monotonicityViolations: 0)
    let folder = try write(records, [(configuration, transition)])
    let page = try folder.text("report.html")
    #expect(page.contains("does not pass one half in the measured range (the ratio stays below 0.5)"))
    #expect(try !folder.text("figures/ratio.dat").contains("[half]"))
  }
}
