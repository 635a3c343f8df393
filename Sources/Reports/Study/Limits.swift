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
      It does not cover the spread between trainings of the same *M*.
      """,
      """
      The null is the same test on samples of the data law that were not used for training. Only the part of a ratio \
      above its null is memorization.
      """,
      """
      The interval of a crossing comes from a bootstrap over the evaluation samples on an isotonic fit, interpolated \
      linearly between measured *M*. It does not cover the spread over data and training seeds, nor the coarseness of \
      the grid of *M*.
      """,
    ]
    items.append(
      several
        ? """
        The mean over seeds has Student's 95 % interval, which assumes that the values of the seeds are independent \
        and normal; with few seeds it is wide. Seeds without a crossing in range are not in the mean; their number is \
        given beside it.
        """
        : """
        This study has one seed, so it cannot show how much the result changes with other data. Several data seeds \
        would show it.
        """)
    items += [
      """
      Intervals of losses are 1.96 standard errors over samples. The learned variance and the distances of the means \
      are properties of one trained model and have no interval; their bands are percentiles over its components.
      """,
      """
      The result holds for these settings: the initialization, the training budget and the number of sampling times \
      are part of it.
      """,
    ]
    return "<ul>\n" + items.map { "<li>\($0.html)</li>" }.joined(separator: "\n") + "\n</ul>"
  }
}
