// SPDX-License-Identifier: MIT
internal import HardEM
internal import Kernels
internal import Memorization
internal import Statistics
internal import Theory

extension MethodPrediction {
  /// Hard EM over several draws of data whose capacities reach from below the start to above the end, or from 1 to N.
  init(_ method: PredictionMethod, _ prediction: HardEMPrediction, samples: Int) {
    let transition = prediction.transition
    let mean = MeanRatio(prediction, samples: samples)
    let ends = Ends(
      start: transition.start.value ?? mean.crossing(0.1, \.start),
      end: transition.end.value ?? mean.crossing(0.9, \.end))
    guard transition.half.value == nil else {
      self.init(method, half: transition.half, start: transition.start, end: transition.end, ends: ends)
      return
    }
    let missing = prediction.curves.count { $0.transition.half.value == nil }
    let reason =
      if missing < prediction.curves.count {
        "no transition in range in \(missing) of \(prediction.curves.count) draws of data"
      } else if mean.isAbove(0.5) {
        "no transition in range: the ratio is above one half from M = \(mean.smallest) on"
      } else {
        "no transition in range: the ratio stays below one half up to M = N"
      }
    self.init(
      method, half: Self.crossing(nil, reason), start: transition.start, end: transition.end, ends: ends)
  }
}

/// The ratio averaged over draws of data.
private struct MeanRatio {
  private let points: [HardEMPoint]
  private let transition: Transition

  init(_ prediction: HardEMPrediction, samples: Int) {
    points = prediction.points
    transition = TransitionFit(bootstraps: 1).fit(prediction.curve, samples: samples, key: RandomKey(seed: 0))
  }

  var smallest: Int { points[0].components }

  /// Already at the smallest M.
  func isAbove(_ level: Double) -> Bool { points[0].ratio.value >= level }

  /// 0 if above from the smallest M on, nil if never.
  func crossing(_ level: Double, _ path: KeyPath<Transition, Crossing>) -> Double? {
    transition[keyPath: path].value ?? (isAbove(level) ? 0 : nil)
  }
}
