// SPDX-License-Identifier: MIT
internal import Experiments
internal import Figures
internal import Memorization
internal import Statistics

/// The tables of the report.
enum ReportTables {
  /// One row per seed and, where there are several, one for their mean.
  static func transitions(_ families: [Family]) -> String {
    let several = families.count > 1
    let rows = families.flatMap { family -> [[String]] in
      let name = several ? [MarkedText(family.name).plain] : []
      var rows = family.curves.map { curve in
        name + [curve.seedName] + row(curve)
      }
      let transition = FamilyTransition(family)
      if transition.transitions.count > 1 {
        let texts = FamilyTransition.Level.allCases.map { level in
          let deviation = transition.spread(level)?.standardDeviation.map { ", sd \(NumberText.fixed($0, 3))" }
          return transition.text(level) + (deviation ?? "")
        }
        let models = family.plotted.map(\.points.count).reduce(0, +)
        rows.append(name + ["mean of \(transition.transitions.count) seeds"] + texts + ["\(models)", ""])
      }
      return rows
    }
    let head: [MarkedText] = [
      "seed", "start (ratio 0.1)", MarkedText("half: \(families.first?.axis.markedHalf ?? "") (ratio 0.5)"),
      "end (ratio 0.9)", "models", "monotone",
    ]
    return HTMLText.table((several ? ["configuration"] : []) + head, rows, name: "transitions")
  }

  private static func row(_ curve: Curve) -> [String] {
    guard let transition = curve.transition else {
      return ["not evaluated", "not evaluated", "not evaluated", "\(curve.points.count)", ""]
    }
    let violations = transition.monotonicityViolations
    let texts = FamilyTransition.Level.allCases.map { NumberText.crossing($0.crossing(transition)) }
    return texts + [
      "\(curve.points.count)",
      violations == 0 ? "yes" : "no: it falls \(violations) times by more than the intervals allow",
    ]
  }

  /// M, M/N, ratio with interval, null, learned std, train and test loss.
  static func curve(_ curve: Curve) -> String {
    let axis = curve.configuration.capacityAxis
    let head: [MarkedText] = [
      MarkedText(axis.markedSymbol), MarkedText(axis.marked), "memorization ratio", "samples", "null", "learned std",
      "train loss", "test loss",
    ]
    let rows = curve.points.map { point -> [String] in
      let measured = point.measured
      func loss(_ split: LossByTime.Split) -> String {
        measured.loss(.trained, split).map(NumberText.loss) ?? "not measured"
      }
      return [
        "\(point.capacity)", NumberText.fixed(point.position, 3), NumberText.estimate(measured.ratio),
        NumberText.count(measured.ratio.trials), NumberText.estimate(measured.null),
        measured.learnedStd.map { NumberText.fixed($0, 4) } ?? "", loss(.train), loss(.test),
      ]
    }
    return HTMLText.table(head, rows, name: "curve")
  }

  /// Trainings that ended in a numerical failure, with the advice recorded.
  static func diverged(_ families: [Family]) -> String {
    let rows = families.flatMap { family in
      family.curves.flatMap { curve in
        curve.diverged.map { record -> [String] in
          let (step, advice): (String, String) =
            switch record.outcome {
            case .diverged(let step, let advice): (NumberText.count(step), advice)
            case .finished: ("", "finished without measurements")
            }
          return [
            MarkedText(family.name).plain, curve.seedName, "\(record.settings.capacity)", step, advice,
          ]
        }
      }
    }
    return HTMLText.table(["configuration", "seed", "capacity", "step", "advice"], rows, name: "diverged")
  }
}
