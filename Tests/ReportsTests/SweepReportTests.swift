// SPDX-License-Identifier: MIT
import Figures
import Foundation
import Kernels
import Memorization
import Reports
import Testing
import WeightFit

@Suite struct SweepReportTests {
  /// 64 tuples with a planted trend in d and noise, four methods that predict them.
  struct Sweep {
    let rows: [SweepRow]
    let predictions: [SweepPrediction]
    let fit: FitStudy

    init(seeds: Int = 1, slope: Double = 4e-4) throws {
      let key = RandomKey(seed: 9)
      var tuples: [(Int, Int, Int)] = []
      for n in [50, 100, 150, 200] {
        for d in [30, 40, 50, 60] { for k in [3, 6, 9, 12] { tuples.append((n, d, k)) } }
      }
      let means = tuples.enumerated().map { index, tuple in
        0.78 + slope * Double(tuple.1 - 45) + 0.01 * key.child(index).normals(1)[0]
      }
      rows = tuples.indices.map { index in
        let halves = (0..<seeds).map { seed -> Crossing in
          let value = means[index] + 0.006 * key.child("seed").child(index).child(seed).normals(1)[0]
          return Crossing(value: value, low: value - 0.012, high: value + 0.012)
        }
        return SweepRow(
          dimension: tuples[index].1, trueComponents: tuples[index].2, samples: tuples[index].0, halves: halves)
      }
      predictions = tuples.flatMap { n, d, k -> [SweepPrediction] in
        let (perSample, excess) = (Double(k) / Double(n), Double(d) - 45)
        let methods: [(String, Double)] = [
          ("closed-form-c1", 0.66), ("closed-form-c2", 0.83), ("finite-size", 0.79 - 0.15 * perSample),
          ("hard-em", 0.775 + 0.0004 * excess),
        ]
        return methods.map {
          SweepPrediction(method: $0.0, dimension: d, trueComponents: k, samples: n, crossover: $0.1)
        }
      }
      let times = (0..<26).map { 0.999 - 0.998 * Double($0) / 25 }
      let psi = times.map { (1 - $0 * $0) / ($0 * $0) }
      let fitted = rows.compactMap { row -> FitTuple? in
        guard let value = row.value else { return nil }
        return FitTuple(
          dimension: row.dimension, trueComponents: row.trueComponents, samples: row.samples, measured: value,
          losses: .closedForm(samples: row.samples, signalToNoise: psi))
      }
      fit = try FitStudy(fitted, times: times)
    }
  }

  @Test func thePageAndItsFilesHoldTheSweep() throws {
    let sweep = try Sweep()
    let folder = try ScratchFolder("sweep")
    try SweepReport(title: "Sweep <64>", rows: sweep.rows, predictions: sweep.predictions, fit: sweep.fit)
      .write(to: folder.url, formats: [.svg, .png, .pdf])
    let names = folder.files.filter { $0.hasSuffix(".gp") }
    #expect(names == ["lambda", "sweep", "sweep-residuals", "sweep-trend"].map { "figures/\($0).gp" }.sorted())
    let page = try folder.text("sweep.html")
    #expect(page.contains("<h1>Sweep &lt;64&gt;</h1>") && !page.contains("http"))
    for part in [FitStatement.limits, "not identifiable", "closed-form-c2", "assumption", "mean of the measurements"] {
      #expect(page.contains(part), "the page lacks: \(part)")
    }
    let rows = try folder.text("sweep.csv").split(separator: "\n")
    #expect(rows.count == 65)
    let first = try #require(sweep.rows.first?.value)
    #expect(rows[1].hasPrefix("30,3,50,\(first),"))
  }

  @Test func aSweepOfOneTupleOrNoneOrOutOfRangeIsAPageToo() throws {
    let none = Crossing(value: nil, low: nil, high: nil, reason: "the ratio stays below 0.5")
    let half = Crossing(value: 0.78, low: nil, high: 0.8)
    func row(_ samples: Int, _ halves: [Crossing]) -> SweepRow {
      SweepRow(dimension: 30, trueComponents: 3, samples: samples, halves: halves)
    }
    for (rows, words) in [
      ([], "No tuple of this sweep has a transition in range"), ([row(50, [none])], "not in range"),
      ([row(50, [half])], "0.780 [.., 0.800]"), ([row(50, [half]), row(100, [none, half])], "1 of 2"),
    ] {
      let folder = try ScratchFolder("sweep")
      try SweepReport(title: "small", rows: rows).write(to: folder.url, formats: [.svg])
      #expect(try folder.text("sweep.html").contains(words), "\(rows.count) rows: no '\(words)'")
    }
  }

  @Test func theSameSweepGivesTheSameBytesInAnyOrder() throws {
    let sweep = try Sweep(seeds: 3)
    let pages = try [sweep.rows, sweep.rows.reversed()].map { rows in
      let folder = try ScratchFolder("sweep")
      try SweepReport(title: "twice", rows: rows, predictions: sweep.predictions, fit: sweep.fit)
        .write(to: folder.url, formats: [.svg])
      return try folder.text("sweep.html") + folder.text("sweep.csv") + folder.text("figures/sweep.dat")
    }
    #expect(pages[0] == pages[1])
    #expect(pages[0].contains("Student") && !pages[0].contains("nan"))
  }

  @Test func thePlantedTrendIsReported() throws {
    let sweep = try Sweep(seeds: 2, slope: 2e-3)
    let folder = try ScratchFolder("sweep")
    try SweepReport(title: "trend", rows: sweep.rows).write(to: folder.url, formats: [.svg])
    let page = try folder.text("sweep.html")
    let slope = try #require(page.firstMatch(of: #/<tr><td>d</td><td>([^<]+)</td><td>([^<]+)</td>/#))
    let (value, error) = (try #require(Double(slope.output.1)), try #require(Double(slope.output.2)))
    #expect(abs(value - 2e-3) < 5 * error && error < 4e-4, "\(value) +- \(error)")
    #expect(page.contains("N</i> (not significant)"))
  }
}
