// SPDX-License-Identifier: MIT
import Experiments
import Foundation
import Testing

@Suite("Searching the transition")
struct TransitionSearchTests {
  /// A logistic curve with its half at `center` and the given width, both in units of M/N.
  private func ratio(_ m: Int, _ n: Int, _ center: Double, _ width: Double) -> Double {
    1 / (1 + exp(-(Double(m) / Double(n) - center) / width))
  }

  /// Runs a search on a noiseless curve; the measured capacities, in order.
  private func search(_ n: Int, center: Double, width: Double) -> [Int] {
    let search = TransitionSearch(samples: n)
    var measured: [Int] = []
    var wanted = search.start
    while !wanted.isEmpty {
      measured += wanted
      #expect(Set(measured).count == measured.count, "a capacity twice")
      #expect(measured.count < 40, "no end")
      if measured.count >= 40 { break }
      wanted = search.next(measured.map { ($0, ratio($0, n, center, width)) })
    }
    return measured
  }

  @Test("planted transitions are bracketed to a fiftieth of N", arguments: [50, 100, 200, 1000])
  func planted(n: Int) {
    for center in [0.1, 0.45, 0.66, 0.8, 0.93] {
      for width in [0.005, 0.03, 0.1] {
        let measured = search(n, center: center, width: width)
        for level in [0.1, 0.5, 0.9] {
          let truth = center + width * log(level / (1 - level))
          guard truth > 0.02, truth < 0.98 else { continue }
          let below = measured.filter { ratio($0, n, center, width) < level }.max() ?? 0
          let above = measured.filter { ratio($0, n, center, width) >= level }.min() ?? .max
          #expect(above - below <= max(1, n / 50), "level \(level) of \(center), \(width): \(measured.sorted())")
        }
      }
    }
  }

  @Test("fewer trainings than the grid of twenty for curves like those measured")
  func cheap() {
    for n in [50, 100, 200] {
      #expect(search(n, center: 0.79, width: 0.05).count <= 14, "\(search(n, center: 0.79, width: 0.05))")
    }
  }

  @Test("a ratio that never rises asks for nothing more")
  func flat() {
    let search = TransitionSearch(samples: 100)
    #expect(search.next([(60, 0), (80, 0), (100, 0)]).isEmpty)
    #expect(search.next([]) == [60, 80, 100])
  }
}
