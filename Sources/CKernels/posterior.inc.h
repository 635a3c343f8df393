// SPDX-License-Identifier: MIT
// Body of posterior.c, included once per instruction set. One lane is one point: sums over
// coordinates and components run down the lanes and nothing is ever reduced across them.
// VB_GROUP vectors of eight points make a block; the points of a block lie transposed, x[j][g].

// Vectors per block: as many as leave two tiles of accumulators in registers.
#if VB_LEVEL == 4
#define VB_GROUP 4
#elif VB_LEVEL == 3
#define VB_GROUP 2
#else
#define VB_GROUP 1
#endif

// exp(x) = 2^n exp(r), r = x - n ln 2 in [-0.347, 0.347]; the Taylor series of degree 13 errs by 4e-18.
VB_INLINE pd VB_NAME(exp8)(pd x) {
  pd shifted = x * 0x1.71547652b82fep0 + 0x1.8p52;  // rounds to the integer n in the low bits
  pd n = shifted - 0x1.8p52;
  pd r = (x - n * 0x1.62e42feep-1) - n * 0x1.a39ef35793c76p-33;  // ln 2 in two parts, the first times n exact
  pd p = (pd)(1.0 / 6227020800.0);
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  p = p * r + 1.0;
  p = p * r + 1.0;
  pl bits = __builtin_bit_cast(pl, p) + (__builtin_bit_cast(pl, shifted) << 52);
  pl kept = x >= -708.0;
  return __builtin_bit_cast(pd, bits & kept);
}

static void VB_NAME(exp)(const double *x, double *y, int64_t count) {
  for (int64_t start = 0; start < count; start += 8) {
    int64_t here = count - start < 8 ? count - start : 8;
    pd lanes = (pd)0.0;
    memcpy(&lanes, x + start, (size_t)here * sizeof(double));
    lanes = VB_NAME(exp8)(lanes);
    memcpy(y + start, &lanes, (size_t)here * sizeof(double));
  }
}

// Transposes the rows from `start` on into lanes; lanes beyond the last row repeat it.
static void VB_NAME(load)(const double *points, int64_t start, int64_t count, int64_t dimension, pd *x) {
  double *lanes = (double *)x;
  for (int64_t lane = 0; lane < 8 * VB_GROUP; lane++) {
    const double *point = points + (start + lane < count ? start + lane : count - 1) * dimension;
    for (int64_t j = 0; j < dimension; j++) lanes[j * 8 * VB_GROUP + lane] = point[j];
  }
}

// Logits of `tile` (1 or 2) components from the i-th on.
VB_INLINE void VB_NAME(logits)(const vb_mixture *mixture, const pd *x, int64_t i, int tile, pd *w, pd *best) {
  int64_t d = mixture->dimension;
  const double *m = mixture->means + i * d;
  pd squares[2][VB_GROUP] = {0};
  for (int64_t j = 0; j < d; j++)
    for (int c = 0; c < tile; c++) {
      double center = mixture->alpha * m[c * d + j];
      for (int g = 0; g < VB_GROUP; g++) {
        pd difference = x[j * VB_GROUP + g] - center;
        squares[c][g] += difference * difference;
      }
    }
  for (int c = 0; c < tile; c++)
    for (int g = 0; g < VB_GROUP; g++) {
      pd logit = mixture->log_priors[i + c] - mixture->spread * squares[c][g];
      // Points so far out that squares overflow get equal weights instead of NaN.
      logit = __builtin_elementwise_max(logit, (pd)-1e300);
      w[(i + c) * VB_GROUP + g] = logit;
      best[g] = __builtin_elementwise_max(best[g], logit);
    }
}

// Unnormalized weights exp(logit - best) of one block, 1 / their sums, and the list of components
// that have a weight other than 0 somewhere in the block (the others add exact zeros). Returns its length.
static int64_t VB_NAME(softmax)(const vb_mixture *mixture, const pd *x, pd *w, pd *inverse, int64_t *active) {
  int64_t components = mixture->components, i = 0, length = 0;
  pd best[VB_GROUP], total[VB_GROUP];
  for (int g = 0; g < VB_GROUP; g++) best[g] = (pd)-1e301, total[g] = (pd)0.0;
  for (; i + 1 < components; i += 2) VB_NAME(logits)(mixture, x, i, 2, w, best);
  if (i < components) VB_NAME(logits)(mixture, x, i, 1, w, best);
  for (i = 0; i < components; i++) {
    pl any = (pl)0;
    for (int g = 0; g < VB_GROUP; g++) {
      pd weight = VB_NAME(exp8)(w[i * VB_GROUP + g] - best[g]);
      w[i * VB_GROUP + g] = weight;
      total[g] += weight;
      any |= __builtin_bit_cast(pl, weight);
    }
    active[length] = i;
    length += __builtin_reduce_or(any) != 0;
  }
  for (int g = 0; g < VB_GROUP; g++) inverse[g] = 1.0 / total[g];
  return length;
}

// Residual and mean of `tile` (1 or 2) coordinates from the j-th on.
VB_INLINE void VB_NAME(average)(const vb_mixture *mixture, const pd *x, const pd *w, const int64_t *active,
                                int64_t length, int64_t j, int tile, pd *residual, pd *mean) {
  for (int c = 0; c < tile * VB_GROUP; c++) residual[c] = mean[c] = (pd)0.0;
  for (int64_t a = 0; a < length; a++) {
    const double *m = mixture->means + active[a] * mixture->dimension + j;
    for (int c = 0; c < tile; c++) {
      double center = mixture->alpha * m[c];
      for (int g = 0; g < VB_GROUP; g++) {
        pd weight = w[active[a] * VB_GROUP + g];
        residual[c * VB_GROUP + g] += weight * (x[(j + c) * VB_GROUP + g] - center);
        mean[c * VB_GROUP + g] += weight * m[c];
      }
    }
  }
}

// Writes coordinate j of the block's points, normalized.
VB_INLINE void VB_NAME(store)(const pd *values, const pd *inverse, int64_t start, int64_t here, int64_t d, int64_t j,
                              double *out) {
  for (int g = 0; g < VB_GROUP; g++) {
    pd scaled = values[g] * inverse[g];
    for (int64_t lane = 0; lane < 8 && 8 * g + lane < here; lane++) out[(start + 8 * g + lane) * d + j] = scaled[lane];
  }
}

static void VB_NAME(posterior)(const vb_mixture *mixture, const double *points, int64_t count, double *residual,
                               double *mean, double *weights, double *scratch) {
  int64_t d = mixture->dimension, components = mixture->components, block = 8 * VB_GROUP;
  pd *x = (pd *)(((uintptr_t)scratch + 63) & ~(uintptr_t)63), *w = x + d * VB_GROUP;
  int64_t *active = (int64_t *)(w + components * VB_GROUP);
  for (int64_t start = 0; start < count; start += block) {
    int64_t here = count - start < block ? count - start : block, j = 0;
    pd inverse[VB_GROUP], r[2 * VB_GROUP], m[2 * VB_GROUP];
    VB_NAME(load)(points, start, count, d, x);
    int64_t length = VB_NAME(softmax)(mixture, x, w, inverse, active);
    if (weights) {
      for (int64_t i = 0; i < components; i++)
        VB_NAME(store)(w + i * VB_GROUP, inverse, start, here, components, i, weights);
      continue;
    }
    for (; j < d; j += 2) {
      if (j + 1 < d)
        VB_NAME(average)(mixture, x, w, active, length, j, 2, r, m);
      else
        VB_NAME(average)(mixture, x, w, active, length, j, 1, r, m);
      for (int64_t c = 0; c < 2 && j + c < d; c++) {
        VB_NAME(store)(r + c * VB_GROUP, inverse, start, here, d, j + c, residual);
        VB_NAME(store)(m + c * VB_GROUP, inverse, start, here, d, j + c, mean);
      }
    }
  }
}

#undef VB_GROUP
