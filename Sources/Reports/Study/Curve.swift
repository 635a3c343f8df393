// SPDX-License-Identifier: MIT
internal import Experiments
internal import Memorization
internal import Statistics

/// What was measured for one configuration, over its capacities M: one curve of the report.
struct Curve {
  let configuration: Configuration
  /// Finished trainings, M rising.
  let points: [Point]
  /// Trainings that ended in a numerical failure: listed, never plotted.
  let diverged: [RunRecord]
  let transition: Transition?
  /// What sets the curve apart from the others of its family: `data seed 3`.
  var seedName = ""

  struct Point {
    /// The run's.
    let identifier: String
    /// M of a mixture.
    let capacity: Int
    /// On the axis of capacities: M / N.
    let position: Double
    let measured: Measurements
  }

  init(configuration: Configuration, records: [RunRecord], transition: Transition?) {
    self.configuration = configuration
    self.transition = transition
    let unit = Double(configuration.capacityAxis.unit(samples: configuration.data.samples))
    let sorted = records.sorted { $0.settings.capacity < $1.settings.capacity }
    points = sorted.compactMap { record in
      guard case .finished = record.outcome, let measured = record.measurements else { return nil }
      let capacity = record.settings.capacity
      return Point(
        identifier: record.identifier, capacity: capacity, position: Double(capacity) / unit, measured: measured)
    }
    diverged = sorted.filter { $0.outcome != .finished || $0.measurements == nil }
  }

  /// The null of the curve's ratio. It depends on the data alone; the first point's stands for all.
  var null: Estimate? { points.first?.measured.null }
}

extension Measurements {
  /// The clean-space loss at the time nearest psi = 6.704, the time of the paper's Fig. 2.
  func loss(_ subject: LossByTime.Subject, _ split: LossByTime.Split) -> Estimate? {
    losses.first { $0.subject == subject && $0.split == split }?.nearest(signalToNoise: paperSignalToNoise)
  }

  /// The time and psi at which `loss` is taken.
  var lossTime: (time: Double, signalToNoise: Double)? {
    guard let curve = losses.first else { return nil }
    let pairs = zip(curve.times, curve.signalToNoise).map { (time: $0.0, signalToNoise: $0.1) }
    func distance(_ psi: Double) -> Double { max(psi / paperSignalToNoise, paperSignalToNoise / psi) }
    return pairs.min { distance($0.signalToNoise) < distance($1.signalToNoise) }
  }
}

/// psi at which the paper's Fig. 2 shows losses.
let paperSignalToNoise = 6.704
