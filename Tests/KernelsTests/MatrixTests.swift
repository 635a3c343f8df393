// SPDX-License-Identifier: MIT
import Kernels
import Testing

@Suite struct MatrixTests {
  let matrix = Matrix([[1, 2, 3], [4, 5, 6]])

  @Test func `rows and subscripts are row-major`() {
    #expect(matrix.rows == 2 && matrix.columns == 3)
    #expect(matrix[1, 0] == 4)
    #expect(Array(matrix.row(1)) == [4, 5, 6])
    #expect(matrix.gathering([1, 0, 1]) == Matrix([[4, 5, 6], [1, 2, 3], [4, 5, 6]]))
    #expect(Matrix([]) == Matrix(rows: 0, columns: 0))
  }

  @Test func `combination is elementwise`() {
    let other = Matrix(rows: 2, columns: 3, repeating: 10)
    #expect(Matrix(2 * matrix - other) == Matrix([[-8, -6, -4], [-2, 0, 2]]))
  }
}
