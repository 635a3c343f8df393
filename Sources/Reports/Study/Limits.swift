// SPDX-License-Identifier: MIT
internal import Experiments
internal import Figures

/// What the intervals of the report mean, and what they leave out.
enum Limits {
  static func html(_ families: [Family]) -> String {
    let several = families.contains(where: \.severalSeeds)
    let criteria = Set(families.map { NumberText.criterion($0.configuration.evaluation.criterion) }).sorted()
    let criterion = criteria.joined(separator: ", ")
    var items: [MarkedText] = [
      MarkedText(
        "A sample is memorized if its distance to the nearest training sample is below \(criterion) of the "
          + "distance to the second nearest. The transition point depends on this criterion."),
      """
      The interval of a memorization ratio is Wilson's 95 % interval over the samples drawn from one trained model. \
      It leaves out that another training of the same *M* would be another model.
      """,
      """
      The null is the same test on samples of the data law that were not trained on: a ratio is memorization only as \
      far as it exceeds its null.
      """,
      """
      The interval of a crossing comes from a bootstrap over the evaluation samples on an isotonic fit, interpolated \
      linearly between measured *M*. It leaves out the spread over data and training seeds and the coarseness of the \
      grid of *M*.
      """,
    ]
    items.append(
      several
        ? """
        The mean over seeds has Student's 95 % interval, which takes the seeds' values as independent and normal; \
        with few seeds it is wide. Seeds without a crossing in range are left out of the mean and counted beside it.
        """
        : """
        This study has one seed: nothing here says how much the result moves with other data. Run several data seeds \
        to learn it.
        """)
    items += [
      """
      Intervals of losses are 1.96 standard errors over samples. The learned variance and the distances of the means \
      are properties of one trained model and carry no interval; the bands show percentiles over its components.
      """,
      """
      The result holds for these settings: the initialization, the training budget and the number of sampling times \
      are part of it.
      """,
    ]
    return "<ul>\n" + items.map { "<li>\($0.html)</li>" }.joined(separator: "\n") + "\n</ul>"
  }
}
