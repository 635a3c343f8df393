// SPDX-License-Identifier: MIT
// Body of assign.c, included once per instruction set.

// Squared distances (or inner products) of P points and a block of 32 packed references: P x 4 chains of eight
// lanes, so that each packed coordinate is loaded once for P points.
#define VB_PAIRS(P)                                                                                           \
  VB_INLINE void VB_NAME(pairs_##P)(const double *points, const double *block, int64_t dimension, int product, \
                                    double out[][32]) {                                                       \
    vd sum[P][4];                                                                                             \
    _Pragma("clang loop unroll(full)") for (int p = 0; p < P; p++)                                            \
      _Pragma("clang loop unroll(full)") for (int v = 0; v < 4; v++) sum[p][v] = (vd)0.0;                     \
    for (int64_t c = 0; c < dimension; c++) {                                                                 \
      const vd_u *y = (const vd_u *)(block + c * 32);                                                         \
      _Pragma("clang loop unroll(full)") for (int p = 0; p < P; p++) {                                        \
        vd x = (vd)points[p * dimension + c];                                                                 \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < 4; v++) {                                      \
          vd e = product ? x : x - (vd)y[v];                                                                  \
          sum[p][v] += e * (product ? (vd)y[v] : e);                                                          \
        }                                                                                                     \
      }                                                                                                       \
    }                                                                                                         \
    _Pragma("clang loop unroll(full)") for (int p = 0; p < P; p++)                                            \
      _Pragma("clang loop unroll(full)") for (int v = 0; v < 4; v++) ((vd_u *)out[p])[v] = sum[p][v];         \
  }

VB_PAIRS(1)
#if VB_POINTS == 4
VB_PAIRS(4)
#endif

// Improvements are rare once best is good, so the lanes are looked at one by one only after a vector says so.
VB_INLINE void VB_NAME(improve)(const double *squares, int64_t start, int64_t references, double *best,
                                int32_t *index) {
  const vd_u *s = (const vd_u *)squares;
  vd bound = (vd)*best;
  vq nearer = ((vd)s[0] < bound) | ((vd)s[1] < bound) | ((vd)s[2] < bound) | ((vd)s[3] < bound);
  if (!__builtin_reduce_or(nearer)) return;
  int64_t live = references - start < 32 ? references - start : 32;
  for (int64_t lane = 0; lane < live; lane++)
    if (squares[lane] < *best) {
      *best = squares[lane];
      *index = (int32_t)(start + lane);
    }
}

static void VB_NAME(assign)(const double *points, int64_t count, const double *packed, int64_t references,
                            int64_t dimension, double *best, int32_t *index) {
  double squares[VB_POINTS][32];
  int64_t whole = count / VB_POINTS * VB_POINTS;
  // A block of references stays in the first-level cache while all points pass it.
  for (int64_t start = 0; start < references; start += 32) {
    const double *block = packed + start * dimension;
#if VB_POINTS == 4
    for (int64_t p = 0; p < whole; p += 4) {
      VB_NAME(pairs_4)(points + p * dimension, block, dimension, 0, squares);
      for (int64_t r = 0; r < 4; r++) VB_NAME(improve)(squares[r], start, references, best + p + r, index + p + r);
    }
#else
    whole = 0;
#endif
    for (int64_t p = whole; p < count; p++) {
      VB_NAME(pairs_1)(points + p * dimension, block, dimension, 0, squares);
      VB_NAME(improve)(squares[0], start, references, best + p, index + p);
    }
  }
}

VB_INLINE void VB_NAME(store)(const double *squares, int64_t start, int64_t references, double *out) {
  int64_t live = references - start < 32 ? references - start : 32;
  for (int64_t lane = 0; lane < live; lane++) out[start + lane] = squares[lane];
}

static void VB_NAME(pair_rows)(const double *points, int64_t count, const double *packed, int64_t references,
                               int64_t dimension, int product, double *out, int64_t stride) {
  double values[VB_POINTS][32];
  int64_t whole = count / VB_POINTS * VB_POINTS;
  for (int64_t start = 0; start < references; start += 32) {
    const double *block = packed + start * dimension;
#if VB_POINTS == 4
    for (int64_t p = 0; p < whole; p += 4) {
      if (product) VB_NAME(pairs_4)(points + p * dimension, block, dimension, 1, values);
      else VB_NAME(pairs_4)(points + p * dimension, block, dimension, 0, values);
      for (int64_t r = 0; r < 4; r++) VB_NAME(store)(values[r], start, references, out + (p + r) * stride);
    }
#else
    whole = 0;
#endif
    for (int64_t p = whole; p < count; p++) {
      if (product) VB_NAME(pairs_1)(points + p * dimension, block, dimension, 1, values);
      else VB_NAME(pairs_1)(points + p * dimension, block, dimension, 0, values);
      VB_NAME(store)(values[0], start, references, out + p * stride);
    }
  }
}

static void VB_NAME(assign_table)(const double *table, int64_t stride, int64_t means, int64_t samples,
                                  const double *scale, const double *offset, double *best, int32_t *index) {
  int64_t k = 0;
  for (; k + 8 <= samples; k += 8) {
    vd least = *(const vd_u *)(best + k);
    vq at = -1;
    for (int64_t j = 0; j < means; j++) {
      vd square = *(const vd_u *)(table + j * stride + k) * (vd)scale[j] - (vd)offset[j];
      vq nearer = square < least;
      least = nearer ? square : least;
      at = nearer ? (vq)j : at;
    }
    *(vd_u *)(best + k) = least;
    for (int64_t lane = 0; lane < 8; lane++)
      if (at[lane] >= 0) index[k + lane] = (int32_t)at[lane];
  }
  for (; k < samples; k++)
    for (int64_t j = 0; j < means; j++) {
      double square = table[j * stride + k] * scale[j] - offset[j];
      if (square < best[k]) {
        best[k] = square;
        index[k] = (int32_t)j;
      }
    }
}

static void VB_NAME(two_smallest)(const double *base, const double *product, double slope, int64_t count,
                                  double *smallest) {
  vd first = INFINITY, second = INFINITY;
  int64_t k = 0;
  for (; k + 8 <= count; k += 8) {
    vd value = *(const vd_u *)(base + k) - (vd)slope * *(const vd_u *)(product + k);
    vq nearest = value < first;
    vd displaced = nearest ? first : value;
    first = nearest ? value : first;
    second = displaced < second ? displaced : second;
  }
  double a = INFINITY, b = INFINITY;
  for (int64_t lane = 0; lane < 8; lane++) {
    double pair[2] = {first[lane], second[lane]};
    for (int64_t at = 0; at < 2; at++) {
      b = pair[at] < a ? a : pair[at] < b ? pair[at] : b;
      a = pair[at] < a ? pair[at] : a;
    }
  }
  for (; k < count; k++) {
    double value = base[k] - slope * product[k];
    b = value < a ? a : value < b ? value : b;
    a = value < a ? value : a;
  }
  smallest[0] = a;
  smallest[1] = b;
}

static void VB_NAME(add_row)(double *sum, const double *row, int64_t count) {
  int64_t k = 0;
  for (; k + 8 <= count; k += 8) *(vd_u *)(sum + k) = *(const vd_u *)(sum + k) + *(const vd_u *)(row + k);
  for (; k < count; k++) sum[k] += row[k];
}
