// SPDX-License-Identifier: MIT
import Figures
import Testing

@Suite struct DataTextTests {
  private let blocks = [
    DataBlock("seed 1", columns: ["M", "M/N"], rows: [[5, 0.1], [10, 0.2]]),
    DataBlock("empty", columns: ["M"]),
    DataBlock("seed 10, again", columns: ["M/N", "low ratio"], rows: [[1 / 3.0, .nan]]),
  ]

  @Test func gnuplotBlocksAreNamedAndTwoEmptyLinesApart() {
    #expect(
      DataText.gnuplot(blocks) == """
        # columns: M M/N
        # [seed 1]
        5 0.1
        10 0.2


        # columns: M/N low_ratio
        # [seed 10, again]
        0.3333333333333333 NaN

        """)
  }

  @Test func csvIsTidyWithTheUnionOfColumns() {
    #expect(
      DataText.csv(blocks) == """
        series,M,M/N,low ratio
        seed 1,5,0.1,
        seed 1,10,0.2,
        "seed 10, again",,0.3333333333333333,

        """)
  }
}
