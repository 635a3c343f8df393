// SPDX-License-Identifier: MIT
// Small matrix products over padded rows, included once per instruction set.
//
// C (rows, 16 vectors) = [C +] A (rows, depth) B (depth, 16 vectors). A is read element by element with the
// strides (row_stride, depth_stride), so that a product with A transposed needs no copy; B and C are rows
// padded to whole vectors. Register tiles of up to 6 rows x 4 vectors of accumulators (1 vector
// where there are no 512-bit registers); the naive twin is three loops (tests).

#define VB_TILE(R, V)                                                                                        \
  VB_INLINE void VB_NAME(tile_##R##x##V)(int64_t depth, const float *a, int64_t ars, int64_t ads,            \
                                         const float *b, int64_t ldb, float *c, int64_t ldc, int add) {      \
    vf acc[R][V];                                                                                            \
    _Pragma("clang loop unroll(full)") for (int r = 0; r < R; r++)                                           \
      _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++)                                         \
        acc[r][v] = add ? *(const vf *)(c + r * ldc + v * VB_LANES) : (vf)0.0f;                              \
    for (int64_t k = 0; k < depth; k++) {                                                                    \
      vf row[V];                                                                                             \
      _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++)                                         \
        row[v] = *(const vf *)(b + k * ldb + v * VB_LANES);                                                  \
      _Pragma("clang loop unroll(full)") for (int r = 0; r < R; r++) {                                       \
        vf scale = (vf)a[r * ars + k * ads];                                                                 \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++) acc[r][v] += scale * row[v];          \
      }                                                                                                      \
    }                                                                                                        \
    _Pragma("clang loop unroll(full)") for (int r = 0; r < R; r++)                                           \
      _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++)                                         \
        *(vf *)(c + r * ldc + v * VB_LANES) = acc[r][v];                                                     \
  }

// A column strip of V vectors: full row tiles, then the remainder in tiles of 4, 2 and 1 rows.
#define VB_STRIP(V)                                                                                          \
  static void VB_NAME(strip_##V)(int64_t rows, int64_t depth, const float *a, int64_t ars, int64_t ads,      \
                                 const float *b, int64_t ldb, float *c, int64_t ldc, int add) {              \
    int64_t r = 0;                                                                                           \
    for (; r + 6 <= rows; r += 6)                                                                            \
      VB_NAME(tile_6x##V)(depth, a + r * ars, ars, ads, b, ldb, c + r * ldc, ldc, add);                      \
    for (; r + 4 <= rows; r += 4)                                                                            \
      VB_NAME(tile_4x##V)(depth, a + r * ars, ars, ads, b, ldb, c + r * ldc, ldc, add);                      \
    for (; r + 2 <= rows; r += 2)                                                                            \
      VB_NAME(tile_2x##V)(depth, a + r * ars, ars, ads, b, ldb, c + r * ldc, ldc, add);                      \
    for (; r < rows; r++) VB_NAME(tile_1x##V)(depth, a + r * ars, ars, ads, b, ldb, c + r * ldc, ldc, add);  \
  }

#define VB_TILES(V) VB_TILE(6, V) VB_TILE(4, V) VB_TILE(2, V) VB_TILE(1, V) VB_STRIP(V)

VB_TILES(1)
#if VB_LEVEL == 4
VB_TILES(2)
VB_TILES(3)
VB_TILES(4)
#endif

VB_INLINE void VB_NAME(gemm)(int64_t rows, int64_t vectors, int64_t depth, const float *a, int64_t ars,
                             int64_t ads, const float *b, int64_t ldb, float *c, int64_t ldc, int add) {
  int64_t v = 0;
#if VB_LEVEL == 4
  for (; v + 4 <= vectors; v += 4)
    VB_NAME(strip_4)(rows, depth, a, ars, ads, b + v * VB_LANES, ldb, c + v * VB_LANES, ldc, add);
  if (vectors - v == 3) {
    VB_NAME(strip_3)(rows, depth, a, ars, ads, b + v * VB_LANES, ldb, c + v * VB_LANES, ldc, add);
    v += 3;
  }
  if (vectors - v == 2) {
    VB_NAME(strip_2)(rows, depth, a, ars, ads, b + v * VB_LANES, ldb, c + v * VB_LANES, ldc, add);
    v += 2;
  }
#endif
  for (; v < vectors; v++)
    VB_NAME(strip_1)(rows, depth, a, ars, ads, b + v * VB_LANES, ldb, c + v * VB_LANES, ldc, add);
}
