// SPDX-License-Identifier: MIT
internal import Figures
internal import WeightFit

/// The fit in tables.
enum SweepFitText {
  static func numbers(_ fit: FitStudy) -> String {
    let best = fit.split.fitted.best
    var rows = [
      (
        "Tuples",
        "\(fit.tuples.count), of these \(fit.split.train.tuples) for training and "
          + "\(fit.split.testTuples.count) for the test"
      ),
      (
        "Weights",
        "\(fit.times.count), temperature \(NumberText.significant(fit.settings.temperature)), entropy penalty "
          + NumberText.significant(fit.settings.entropyPenalty)
      ),
      ("Constant baseline", "M/N = \(NumberText.fixed(fit.split.constant, 4)), the mean of the training tuples"),
      ("Variance of M_pt/N", NumberText.significant(fit.variance, 3) + " over all tuples"),
      (
        "Optimizer",
        "\(fit.split.fitted.starts.count) starts, \(fit.split.fitted.starts.count { $0.converged }) converged; best: "
          + "objective \(NumberText.significant(best.objective, 5)), \(best.iterations) iterations, largest gradient "
          + NumberText.significant(best.gradientNorm, 2)
      ),
    ]
    if let rho = fit.rho {
      let text =
        "\(NumberText.fixed(rho, 4)); implied M/N = \(NumberText.fixed(fit.impliedConstant ?? .nan, 4)); "
        + "\(fit.freeDirections ?? 0) of \(fit.times.count) directions of lambda~ change no prediction"
      rows.insert(("rho", text), at: 2)
    }
    return HTMLText.pairs(rows.map { (name: $0.0, value: $0.1) })
  }

  static func errors(_ fit: FitStudy) -> String {
    let rows = ([fit.split] + fit.folds).map { evaluation -> [String] in
      let (train, test) = (evaluation.train, evaluation.test)
      func text(_ value: Double?) -> String { value.map { NumberText.significant($0, 3) } ?? "" }
      let difference = test.map { test in
        text(test.hardMinusConstant) + (test.standardError.map { " \u{B1} \(NumberText.significant($0, 2))" } ?? "")
      }
      return [
        evaluation.name, "\(train.tuples) / \(test?.tuples ?? 0)", text(train.soft), text(train.hard),
        text(train.constant), text(test?.soft), text(test?.hard), text(test?.constant), difference ?? "",
      ]
    }
    let head: [MarkedText] = [
      "left out", "train / test", "train, soft", "train, hard", "train, constant", "test, soft", "test, hard",
      "test, constant", "hard \u{2212} constant (\u{B1} s.e.)",
    ]
    let note =
      "<p>Mean squared errors of <i>M</i>/<i>N</i>. Soft: with the smoothed choice of <i>M</i> that was "
      + "optimized. Hard: with the argmin of the theory. Constant: with the mean of the training tuples.</p>\n"
    return note + HTMLText.table(head, rows, name: "curve")
  }
}
