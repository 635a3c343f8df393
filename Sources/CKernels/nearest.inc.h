// SPDX-License-Identifier: MIT
// Body of nearest.c, included once per instruction set.

// Squared distances of one point to a block of 32 packed reference points: four chains of eight lanes, so that
// the latency of one addition hides behind the other three.
VB_INLINE void VB_NAME(block_distances)(const double *point, const double *block, int64_t dimension, double *out) {
  vd s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  for (int64_t c = 0; c < dimension; c++) {
    const vd_u *y = (const vd_u *)(block + c * 32);
    vd x = (vd)point[c];
    vd e0 = x - y[0], e1 = x - y[1], e2 = x - y[2], e3 = x - y[3];
    s0 += e0 * e0;
    s1 += e1 * e1;
    s2 += e2 * e2;
    s3 += e3 * e3;
  }
  vd_u *o = (vd_u *)out;
  o[0] = s0;
  o[1] = s1;
  o[2] = s2;
  o[3] = s3;
}

static void VB_NAME(nearest_two)(const double *points, int64_t count, const double *packed, int64_t references,
                                 int64_t dimension, double *distances, int32_t *indices) {
  double squares[32];
  for (int64_t p = 0; p < count; p++) {
    double first = INFINITY, second = INFINITY;
    int32_t at_first = 0, at_second = 1;
    for (int64_t start = 0; start < references; start += 32) {
      VB_NAME(block_distances)(points + p * dimension, packed + start * dimension, dimension, squares);
      int64_t live = references - start < 32 ? references - start : 32;
      for (int64_t lane = 0; lane < live; lane++) {
        double square = squares[lane];
        if (!(square < second)) continue;
        int32_t index = (int32_t)(start + lane);
        if (square < first) {
          second = first;
          at_second = at_first;
          first = square;
          at_first = index;
        } else {
          second = square;
          at_second = index;
        }
      }
    }
    // Until a second point is found, the displaced placeholder may name the nearest one.
    if (second == INFINITY) at_second = at_first == 0 ? 1 : 0;
    distances[2 * p] = __builtin_sqrt(first);
    distances[2 * p + 1] = __builtin_sqrt(second);
    indices[2 * p] = at_first;
    indices[2 * p + 1] = at_second;
  }
}
