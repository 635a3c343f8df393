// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

/// Options that what was read gave nothing to do: who set them believes that they changed something.
struct IdleAuditOptions {
  let data: AuditDataOptions
  let rule: AuditRuleOptions
  /// Of a trajectory an option may be meant for one of its sets alone: then only those of the training set are looked
  /// at.
  let isTrajectory: Bool

  /// Throws for the first idle option; `datasets`: those of the first space.
  func check(_ datasets: [AuditDataset]) throws {
    guard let train = datasets.first(where: { $0.role == .train }) else { return }
    let hasTiles = train.pictures.map { $0.height >= 2 && $0.width >= 2 } ?? false
    try OptionProblem.refuse(
      [("--tiles", rule.tiles != nil), ("--tile-threshold", rule.tileThreshold != nil)],
      hasTiles ? nil : "\(train.path) has no pictures large enough for tiles; allowed: with pictures of 2 x 2 or more")
    try OptionProblem.refuse(
      [("--train-labels", data.trainLabels != nil)],
      train.pictures?.form?.name.contains("IDX") == true
        ? nil
        : "\(train.path) is not an IDX file of pictures; allowed: with an IDX file (other forms have their own labels)")
    if isTrajectory { return }
    let forms = datasets.compactMap { dataset in dataset.pictures?.form.map { (role: dataset.role, form: $0) } }
    let ranged = forms.filter { data.generatedRange == nil || $0.role != .generated }
    try OptionProblem.refuse(
      [("--range", data.range != nil)],
      ranged.contains { $0.form.range != nil } ? nil : "no set has pictures of floats; allowed: if one has")
    try OptionProblem.refuse(
      [("--generated-range", data.generatedRange != nil)],
      forms.contains { $0.role == .generated && $0.form.range != nil }
        ? nil : "the generated samples are not pictures of floats; allowed: with pictures of floats")
    try OptionProblem.refuse(
      [("--layout", data.layout != nil)],
      forms.contains { Self.hasLayout($0.form) } ? nil : "no set is an array of four axes; allowed: if one is")
    try OptionProblem.refuse(
      [("--shape", data.shape != nil)],
      forms.contains { $0.form.axes?.hasPrefix("rows of") == true }
        ? nil : "no set is an array of rows (N, d); allowed: if one is")
  }

  /// Four axes, or rows of colours, whose channels lie beside or behind each other.
  private static func hasLayout(_ form: PictureForm) -> Bool {
    guard let axes = form.axes else { return false }
    return axes == "NHWC" || axes == "NCHW" || (axes.hasPrefix("rows of") && axes.hasSuffix("x 3"))
  }
}
