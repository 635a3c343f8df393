// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Experiments
internal import Figures
internal import Kernels
internal import Memorization
internal import Pictures
internal import Statistics

/// Sheets of one trained model: its samples beside their nearest training samples, and its templates.
struct ModelSheets {
  let family: Family
  let curve: Curve
  let point: Curve.Point
  let laboratory: ImageLaboratory

  private var painter: SheetPainter { SheetPainter(images: laboratory.settings) }
  private var capacity: String {
    "*M* = \(point.capacity) (*M*/*N* = \(NumberText.significant(point.position, 3)))"
  }
  private var ending: String { "-m\(point.capacity)\(family.slug)" }

  /// The first samples of the model above their nearest training samples; nil for samples of other data.
  func generated(_ samples: Matrix) throws(PictureError) -> PictureSheet? {
    let train = laboratory.train
    guard samples.rows > 0, samples.columns == train.columns, train.rows > 1 else { return nil }
    let shown = samples.gathering(0..<min(SheetPainter.columns, samples.rows))
    let nearest = NearestTwo.search(shown, in: train)
    let test = MemorizationTest(criterion: curve.configuration.evaluation.criterion)
    let memorized = nearest.map(test.isMemorized)
    let pictures =
      (0..<shown.rows).map { painter.sample(shown.row($0)) } + nearest.map { painter.sample(train.row($0.index1)) }
    let marked = pictures.indices.filter { memorized[$0 % shown.rows] }
    let notes = zip(nearest, memorized).map { nearest, isMemorized in
      PictureSheet.Note(
        distance: NumberText.twoDigits(nearest.d1), ratio: NumberText.twoDigits(nearest.d1 / nearest.d2),
        isMemorized: isMemorized)
    }
    return try painter.sheet(
      "samples" + ending, "\(shown.rows) generated samples above their nearest training samples",
      generatedCaption(shown.rows, memorized.count { $0 }), pictures, range: SheetPainter.sampleRange,
      marked: Set(marked), notes: notes)
  }

  private func generatedCaption(_ shown: Int, _ memorized: Int) -> MarkedText {
    let ratio = point.measured.ratio
    let criterion = NumberText.criterion(curve.configuration.evaluation.criterion)
    return MarkedText(
      "Generated at \(capacity): above, the first \(shown) samples of the model; below each, its nearest training "
        + "sample. Numbers: the distance *d*_{1} between the two and *d*_{1}/*d*_{2}, *d*_{2} the distance to the "
        + "second-nearest training sample. Framed and bold: memorized, *d*_{1} < \(criterion) *d*_{2} "
        + "(\(memorized) of \(shown); of all \(NumberText.count(ratio.trials)) samples the share "
        + "\(NumberText.estimate(ratio))). " + painter.sampleWords + family.sheetSettings(curve))
  }

  /// The first templates of the model; nil for a model of other pictures.
  func templates(of model: ColoredTemplateModel) throws(PictureError) -> PictureSheet? {
    guard model.pixelCount == painter.pixels else { return nil }
    let shown = min(model.componentCount, DataSheets.most)
    let pictures = (0..<shown).map { painter.gray(Self.scaled(model.templates.row($0))) }
    let which = shown == model.componentCount ? "The \(shown)" : "The first \(shown) of \(model.componentCount)"
    let std = NumberText.significant(abs(model.std), 3)
    return try painter.sheet(
      "learned-templates" + ending, "\(shown) learned templates",
      MarkedText(
        "\(which) templates learned at \(capacity), with learned standard deviation of a colour \(std) (that of the "
          + "law: \(NumberText.significant(curve.configuration.data.variance.squareRoot(), 3))). Scale and sign of a "
          + "template are free: each is divided by its largest absolute value, its sum made positive. Values from 0 "
          + "(black) to 1 (white); negative values are clipped." + family.sheetSettings(curve)), pictures, range: 0...1)
  }

  /// The template with largest absolute value 1 and a sum that is not negative.
  static func scaled(_ template: ArraySlice<Double>) -> [Double] {
    let largest = template.map(abs).max() ?? 0
    guard largest > 0 else { return Array(template) }
    let sign = template.reduce(0, +) < 0 ? -1.0 : 1.0
    return template.map { sign * $0 / largest }
  }
}
